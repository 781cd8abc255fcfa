/**
 * Under which addresses the served page can be opened: on this computer, and on the phones of a class. Node built-ins
 * only.
 */
import { networkInterfaces } from 'node:os';

/** Listens on every address of the machine: IPv4. */
export const EVERYWHERE = '0.0.0.0';

/** Bridges and tunnels of this machine, which no phone reaches. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|tailscale|wg)/;

/**
 * IPv4 addresses that other devices in the network may reach this machine at, the likeliest first.
 * @param {ReturnType<typeof networkInterfaces>} interfaces
 * @returns {readonly string[]}
 */
export function networkAddresses(interfaces = networkInterfaces()) {
  const found = Object.entries(interfaces).flatMap(([name, entries]) =>
    (entries ?? [])
      // Link-local addresses are what a machine gives itself where there is no network.
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address }) => ({ address, virtual: VIRTUAL.test(name) })),
  );
  return found.toSorted((a, b) => Number(a.virtual) - Number(b.virtual)).map(({ address }) => address);
}

/**
 * The lines to print and the address to put into the page, for a host to listen on.
 * @param {string} host as in HOST; empty: this computer only
 * @param {number} port
 * @param {readonly string[]} network this machine's addresses
 * @returns {{ here: string, elsewhere: readonly string[] }} `elsewhere` is empty where no other device can open the
 * page
 */
export function addressesFor(host, port, network) {
  const url = (/** @type {string} */ name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}/`;
  if (host === '' || isLoopback(host)) return { here: url(host === '' ? 'localhost' : host), elsewhere: [] };
  if (host === EVERYWHERE || host === '::') return { here: url('localhost'), elsewhere: network.map(url) };
  return { here: url(host), elsewhere: [url(host)] };
}

/** Whether a name means the computer that it is opened on. */
export function isLoopback(/** @type {string} */ host) {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
