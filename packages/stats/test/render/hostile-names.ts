/** Names that attack terminal, table, Markdown, HTML and spreadsheet. */
export const hostileNames = [
	"\u001b[31mred\u001b[0m\u0007",
	"a|b|c",
	"<script>alert(1)</script>",
	'=HYPERLINK("http://evil.example","click")',
	"@everyone **bold** `code` [x](http://evil.example)",
	"+1",
	"-1",
	"\ttab, comma",
	'two\r\nlines "quoted"',
	"\u202egnp.exe",
	"通义千问-超长的模型名称-超长的模型名称-超长的模型名称",
	"🚀".repeat(30),
	"&lt;b&gt; \\| ~x~ _x_",
	"",
];
