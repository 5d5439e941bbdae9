import { judgeFile, unknownText } from '../../src/recordings/judge-file.ts';
import { takesOutput } from '../../src/report/reporters.ts';
import { askedBy } from '../../src/settings/asked.ts';
import type { Values } from '../../src/settings/table.ts';
import { checkOutputs } from '../../src/settings/outputs.ts';
import { deliver } from '../deliver.ts';
import { addOptions, type Define } from '../options.ts';
import { suites } from '../suites.ts';

/** `conform judge FILE.har`: judges recorded traffic; sends nothing. */
export const judgeCommand: Define = (command, console, done) => {
  command.argument('<file>', 'a HAR file: of --report har=FILE, of a browser or of a proxy');
  const taken = addOptions(command, 'config', 'contract', 'Profile', 'only', 'failOn', 'report', 'quiet', 'verbose');
  command.action(async (file: string, flags: Values) => {
    const { suite, settings } = askedBy(flags, suites, console, taken);
    await checkOutputs(settings.reports, console);
    const { report, unknown } = judgeFile(file, suite, settings, console);
    await deliver(report, settings.reports, console);
    if (settings.reports.some((r) => r.kind === 'terminal'))
      (settings.reports.some(takesOutput) ? console.err : console.out)(
        console.redactor.assembled(unknownText(unknown)),
      );
    done(report.exitCode);
  });
};
