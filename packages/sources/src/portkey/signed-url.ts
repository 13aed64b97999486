import { isIP } from "node:net";
import { TelemetryError } from "@tidemark/db";

/**
 * Proves that the address PortKey hands out for a download leads to a service like PortKey's own: https where the API is
 * https, and no bare IP address or this machine where the API is none. A forged answer could otherwise make us read what
 * only our network can see.
 * @throws TelemetryError which does not show the address, because it holds a signature
 */
export function checkedDownload(signedUrl: string, baseUrl: string): URL {
	const [url, base] = [new URL(signedUrl), new URL(baseUrl)];
	const isSecure = url.protocol === "https:" || (url.protocol === "http:" && base.protocol === "http:");
	if (isSecure && (!isLocal(url.hostname) || isLocal(base.hostname))) return url;
	throw new TelemetryError(`PortKey's download address leads to ${url.protocol}//${url.hostname}, which is not read.`, {
		fix: "Check PORTKEY_BASE_URL. A PortKey of your own has to hand out https addresses with a host name.",
	});
}

function isLocal(hostname: string): boolean {
	return isIP(hostname.replace(/^\[|\]$/g, "")) !== 0 || /(^|\.)(localhost|local|internal)\.?$/i.test(hostname);
}
