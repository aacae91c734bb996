/** VS Code's network settings, as the library has them. */

/** What of the settings "http" is used. */
export interface HttpSettings {
  get<T>(name: string): T | undefined;
}

/**
 * The proxy of `http.proxy`; none where `http.proxySupport` is off. Where neither is set, the library takes that of the
 * environment, and always the certificates that SSL_CERT_FILE and NODE_EXTRA_CA_CERTS name.
 */
export function network(http: HttpSettings): { proxy?: string } {
  if (http.get<string>("proxySupport") === "off") return { proxy: "none" };
  const proxy = http.get<string>("proxy");
  return proxy ? { proxy } : {};
}
