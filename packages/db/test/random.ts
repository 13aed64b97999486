/** Numbers that look random and are the same in each run of the tests (a linear congruential generator). */
export function random(seed: number) {
	let state = seed;
	const below = (limit: number) => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return Math.floor((state / 2 ** 32) * limit);
	};
	return {
		below,
		oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
			return values[below(values.length)] ?? values[0];
		},
	};
}
