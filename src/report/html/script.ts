/**
 * The page's script: filter, copy buttons, opening what a link leads to, opening all for print.
 * The page is complete without it. It writes text only, never markup.
 */
export const script = String.raw`
'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const field = document.querySelector('#filter');
  const boxes = all('input[name=verdict]');
  const status = document.querySelector('#shown');
  const tools = document.querySelector('#tools');
  tools.hidden = false;

  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    let shown = 0;
    const rows = all('tr[data-verdict]');
    for (const item of all('[data-verdict]')) {
      const fits = (wanted.size === 0 || wanted.has(item.dataset.verdict)) && words.every((w) => item.dataset.text.includes(w));
      item.hidden = !fits;
      if (fits && item.tagName === 'TR') shown += 1;
    }
    for (const body of all('table.all tbody')) body.hidden = all('tr[data-verdict]', body).every((r) => r.hidden);
    for (const section of all('section')) {
      const items = all('details[data-verdict]', section);
      section.classList.toggle('emptied', items.length > 0 && items.every((i) => i.hidden));
    }
    const filtered = words.length > 0 || wanted.size > 0;
    status.textContent = filtered ? shown + ' of ' + rows.length + ' requirements shown' : rows.length + ' requirements';
  };
  field.addEventListener('input', apply);
  for (const box of boxes) box.addEventListener('change', apply);
  apply();

  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    } else if (event.key === 'Escape' && event.target === field) {
      field.value = '';
      apply();
    }
  });

  const open = (value) => {
    for (const item of all('details.requirement')) if (!item.hidden) item.open = value;
  };
  document.querySelector('#open')?.addEventListener('click', () => open(true));
  document.querySelector('#close')?.addEventListener('click', () => open(false));

  const reveal = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target === null) return;
    if (target.hidden) {
      field.value = '';
      for (const box of boxes) box.checked = false;
      apply();
    }
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.querySelector('summary').focus({ preventScroll: true });
    }
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  for (const button of all('button.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const code = button.parentElement.querySelector('code');
      let copied = false;
      try {
        await navigator.clipboard.writeText(code.textContent);
        copied = true;
      } catch {
        getSelection().selectAllChildren(code);
        copied = document.execCommand('copy');
      }
      button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
  }

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    for (const item of closed) item.open = true;
  });
  addEventListener('afterprint', () => {
    for (const item of closed) item.open = false;
  });
})();
`;
