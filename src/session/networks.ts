/**
 * Networks from files that were opened in this session: read when they come, kept by their marks, and given to every
 * run that names them. They live as long as the session does.
 */
import type { Experiment } from '../experiment/experiment.ts';
import { tell } from '../experiment/messages/tell.ts';
import type { Told } from '../experiment/messages/say.ts';
import { countParameters, feedForwardOf } from '../model/config.ts';
import type { NetworkReport } from '../run/reports.ts';
import { givenNetworks, type GivenNetworks, sizeOfNetwork, tokensBeside } from '../run/setup/given.ts';
import type { RunData } from '../run/setup/setup.ts';
import type { NamedFile, NetworkFile } from '../storage/checkpoint/network-file.ts';

export class Networks {
  private readonly opened = new Map<string, NetworkFile>();

  /** Takes a network that was read. @throws an Error where no run could have it */
  take(network: NetworkFile): NetworkReport {
    const model = sizeOfNetwork(network);
    this.opened.set(network.mark, network);
    const { name, mark, config, tokens } = network;
    const { activation, gated } = feedForwardOf(config);
    return {
      name,
      mark,
      model,
      parameters: countParameters(config),
      vocabulary: config.vocab_size,
      tokens: tokens?.length ?? null,
      form: { activation, gated, tied: config.tied, scaled: config.scaled },
    };
  }

  /** Reads what was dropped or chosen together. The reader is fetched when it is first needed. */
  async open(label: string, files: readonly NamedFile[]): Promise<readonly NetworkReport[]> {
    const [{ holdsNetwork, readNetworks }, { isZip, unzip }] = await Promise.all([
      import('../storage/checkpoint/network-file.ts'),
      import('../storage/unzip.ts'),
    ]);
    const reports: NetworkReport[] = [];
    const loose = files.filter(({ bytes }) => !isZip(bytes));
    for (const { path, bytes } of files)
      if (isZip(bytes)) {
        const name = path.replace(/\.zip$/i, '');
        reports.push(...readNetworks(unzip(bytes), name).map((network) => this.take(network)));
      }
    if (loose.length > 0 && (reports.length === 0 || holdsNetwork(loose.map(({ path }) => path))))
      reports.push(...readNetworks(loose, label).map((network) => this.take(network)));
    return reports;
  }

  /** @throws an Error that names the file that is missing */
  of(experiment: Experiment): GivenNetworks {
    return experiment.source === undefined ? new Map() : givenNetworks(experiment, this.opened);
  }
}

/** The message about each network from a file as its run begins: what becomes of its tokens. */
export function tellGiven({ given, task }: RunData): readonly Told[] {
  return [...given].map(([model, network]) => {
    const beside = tokensBeside(network, task);
    const { name } = network;
    if (beside.are === 'same') return tell('network-with-tokens', { model, name });
    if (beside.are === 'unknown') return tell('network-without-tokens', { model, name, task: task.task });
    return tell('network-other-tokens', { model, name, task: task.task, id: beside.id, own: beside.own, other: beside.task });
  });
}
