/** What is known of the networks from files that were opened since the page was, by their marks. */
import type { NetworkReport } from '../../run/reports.ts';

const opened = new Map<string, NetworkReport>();

export function rememberNetworks(networks: readonly NetworkReport[]): void {
  for (const network of networks) opened.set(network.mark, network);
}

/** Null of one whose file was not opened here. */
export const openedNetwork = (mark: string): NetworkReport | null => opened.get(mark) ?? null;
