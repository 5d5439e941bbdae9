export { readBody, writeBody } from './body.ts';
export { readForm, writeForm } from './form.ts';
export { readJsonp } from './jsonp.ts';
export { xmlRoot } from './xml.ts';
