/**
 * The HTML report in a real browser: `npm run test:browser`. Needs Chromium, which `npm test` does not.
 * Leaves screenshots in `reports/`, to be looked at.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { htmlReport } from './html.ts';
import { failingReport, hostileReport, objectedReport, passingReport, reportOf } from './report.fixture.ts';

const CHROMIUM = '/usr/bin/chromium';
const SCREENSHOTS = 'reports';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 740 };

if (!existsSync(CHROMIUM)) {
  console.error(`test:browser needs ${CHROMIUM}, which is not there: install it with "apt-get install chromium".`);
  process.exit(2);
}

interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

describe('HTML report in a browser', () => {
  let folder = '';
  let context: BrowserContext;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'html-report-'));
    await mkdir(SCREENSHOTS, { recursive: true });
    for (const [name, make] of Object.entries(reports))
      await writeFile(join(folder, `${name}.html`), htmlReport(make()));
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
      viewport: DESK,
    });
  });
  after(async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  });

  const reports: Readonly<Record<string, () => Redacted<Report>>> = {
    passing: passingReport,
    failing: failingReport,
    objected: objectedReport,
    hostile: hostileReport,
    empty: () =>
      reportOf([], [], { verdict: 'inconclusive', exitCode: 2, says: 'Inconclusive: nothing was exercised.' }),
  };

  async function open(name: string): Promise<Opened> {
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('data:,')) requests.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return { page, requests, complaints };
  }

  for (const name of Object.keys(reports)) {
    for (const scheme of ['light', 'dark'] as const) {
      for (const [device, size] of [
        ['desk', DESK],
        ['phone', PHONE],
      ] as const) {
        it(`${name}, ${scheme}, ${device}: axe finds nothing, nothing is loaded, nothing complains, nothing overflows`, async () => {
          const { page, requests, complaints } = await open(name);
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize(size);
          await page.screenshot({ path: join(SCREENSHOTS, `${name}-${scheme}-${device}.png`) });
          if (name !== 'hostile')
            await page.screenshot({ path: join(SCREENSHOTS, `${name}-${scheme}-${device}-full.png`), fullPage: true });
          await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true; })');
          if (name !== 'hostile')
            await page.screenshot({ path: join(SCREENSHOTS, `${name}-${scheme}-${device}-open.png`), fullPage: true });
          const wide = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          await page.evaluate(axe.source);
          const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
          await page.close();
          expect(
            found.violations.map(({ id, nodes }) => [
              id,
              nodes.map((n) => `${n.html.slice(0, 200)} ${n.failureSummary ?? ''}`).slice(0, 3),
            ]),
          ).to.deep.equal([]);
          expect(wide).to.equal(0);
          expect(requests).to.have.length(1);
          expect(complaints).to.deep.equal([]);
        });
      }
    }
  }

  it('runs nothing that a target sent', async () => {
    const { page } = await open('hostile');
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true; })');
    expect(await page.evaluate('globalThis.broken')).to.equal(undefined);
    expect(await page.evaluate('document.scripts.length + document.images.length')).to.equal(1);
    expect(await page.evaluate('[...document.links].filter((a) => !/^(https?|file):/.test(a.href)).length')).to.equal(
      0,
    );
    await page.close();
  });

  it('says where it leaves something out', async () => {
    const { page } = await open('hostile');
    await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true; })');
    expect(await page.locator('.cut').first().innerText()).to.match(
      /^The first 4,000 characters of .* bytes are shown/,
    );
    await page.close();
  });

  it('is used by keyboard: Tab reaches the filter and a failure, Enter opens it', async () => {
    const { page } = await open('failing');
    const focused = 'document.activeElement.id || document.activeElement.parentElement.id';
    const tabTo = async (id: string): Promise<void> => {
      for (let i = 0; i < 200; i += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(focused)) === id) return;
      }
      throw new Error(`Tab never reaches #${id}`);
    };
    await tabTo('filter');
    await tabTo('r-VALID-003');
    // The first cause is open from the start.
    expect(await page.locator('#r-VALID-003 .told').isVisible()).to.equal(true);
    await page.keyboard.press('Enter');
    expect(await page.locator('#r-VALID-003 .told').isVisible()).to.equal(false);
    await page.keyboard.press('Enter');
    expect(await page.locator('#r-VALID-003 .told').isVisible()).to.equal(true);
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).to.equal('solid');
    await page.screenshot({ path: join(SCREENSHOTS, 'failing-focus.png') });
    await page.close();
  });

  it('filters by words and by verdict, says how many are shown, and "/" and Escape work', async () => {
    const { page } = await open('failing');
    const visible = (): Promise<number> => page.locator('details.requirement:visible').count();
    expect(await visible()).to.equal(6);
    await page.keyboard.press('/');
    await page.keyboard.type('STATUS-004');
    expect(await visible()).to.equal(1);
    expect(await page.locator('#shown').innerText()).to.equal('1 of 16 requirements shown');
    expect(await page.locator('#not-exercised').isVisible()).to.equal(true);
    expect(await page.locator('#errors').isVisible()).to.equal(false);
    await page.keyboard.press('Escape');
    expect(await visible()).to.equal(6);
    await page.locator('input[value=error]').check({ force: true });
    expect(await visible()).to.equal(1);
    expect(await page.locator('#r-WIRE-002').isVisible()).to.equal(true);
    await page.close();
  });

  it('leads from the matrix to the failure and opens it, even when it is filtered away', async () => {
    const { page } = await open('failing');
    await page.locator('#filter').fill('nothing like it');
    const mark = page.locator('.matrix a.mark.fail').last();
    const target = (await mark.getAttribute('href')) ?? '';
    expect(await page.locator(target).isVisible()).to.equal(false);
    await mark.click();
    expect(await page.locator(`${target} .told`).isVisible()).to.equal(true);
    await page.close();
  });

  it('copies the curl line', async () => {
    const { page } = await open('failing');
    const pane = page.locator('#r-VALID-003 .copyable').first();
    await pane.locator('button').click();
    expect(await pane.locator('button').innerText()).to.equal('Copied');
    await page.locator('#filter').focus();
    await page.keyboard.press('Control+V');
    // What a key does in a browser is done when it is done.
    await page.waitForFunction(`document.querySelector('#filter').value !== ''`);
    expect(await page.locator('#filter').inputValue()).to.equal(await pane.locator('code').innerText());
    await page.close();
  });

  it('marks the difference between expected and actual', async () => {
    const { page } = await open('failing');
    await page.locator('#r-FORMAT-012 > summary').click();
    expect((await page.locator('#r-FORMAT-012 .actual mark').allInnerTexts()).join(' '))
      .to.include('iso')
      .and.to.include('8859');
    expect((await page.locator('#r-FORMAT-012 .actual mark').allInnerTexts()).join(' ')).not.to.include('charset');
    await page.close();
  });

  it('opens everything for print and hides the tools', async () => {
    const { page } = await open('failing');
    await page.pdf({ path: join(SCREENSHOTS, 'failing.pdf') });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('details:not([open])').count()).to.equal(0);
    expect(await page.locator('#tools').isVisible()).to.equal(false);
    await page.close();
  });

  it('is complete without script', async () => {
    const bare = await chromium.launchPersistentContext(join(folder, 'bare'), {
      executablePath: CHROMIUM,
      headless: true,
      args: FLAGS,
      javaScriptEnabled: false,
    });
    const page = await bare.newPage();
    await page.goto(pathToFileURL(join(folder, 'failing.html')).href);
    expect(await page.locator('#tools').isVisible()).to.equal(false);
    expect(await page.locator('button:visible').count()).to.equal(0);
    // The first cause is open from the start; any other opens with its own summary.
    expect(await page.locator('#r-VALID-003 .told').isVisible()).to.equal(true);
    await page.locator('#r-FORMAT-012 > summary').click();
    expect(await page.locator('#r-FORMAT-012 .told').isVisible()).to.equal(true);
    await bare.close();
  });
});
