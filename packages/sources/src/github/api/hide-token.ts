/** Takes a token out of what a server or proxy says, in the forms in which they echo it: as it is, in an address, in a header. */
export function hideToken(said: string, token: string | undefined): string {
	if (!token) return said;
	const forms = [token, encodeURIComponent(token), Buffer.from(token).toString("base64")];
	return forms.reduce((text, form) => text.replaceAll(form, "***"), said);
}
