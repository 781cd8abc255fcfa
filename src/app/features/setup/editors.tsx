/**
 * Editors of single settings: the sentence and the rows of Setup open the same ones. Their fields follow from the
 * declarations.
 */
import type { SetupRow } from '../../../experiment/settings/setting.ts';
import { useStore } from '../../state/store.ts';
import { settingsIn } from './field-words.ts';
import { NamedSizes } from './NamedSizes.tsx';
import { OptimizerSettings } from './OptimizerSettings.tsx';
import { OwnData } from './OwnData.tsx';
import { SettingField } from './SettingField.tsx';
import styles from './setup.module.css';

export function Editor({ name }: { readonly name: SetupRow }) {
  const experiment = useStore((s) => s.experiment);
  const { own, declared } = settingsIn(name, experiment);
  const fields = own.map((each) => <SettingField key={each} name={each} experiment={experiment} />);
  return (
    <>
      {name === 'model' ? <NamedSizes experiment={experiment} /> : null}
      {/* Six small numbers, in two columns. */}
      {name === 'model' ? <div className={styles.two}>{fields}</div> : fields}
      {name === 'task' ? <OwnData experiment={experiment} /> : null}
      {name === 'optimizer' ? <OptimizerSettings experiment={experiment} /> : null}
      {declared.map((each) => (
        <SettingField key={each} name={each} experiment={experiment} />
      ))}
    </>
  );
}
