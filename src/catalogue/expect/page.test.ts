import { expect } from 'chai';
import { answered, evidence } from '../answered.fixture.ts';
import { pageHolds } from './page.ts';

describe('the page', () => {
  it('is in error where the service does otherwise: a finding of its own class', () => {
    const x = answered({ status: 404 });
    const [finding] = pageHolds(
      'the suffix',
      () => 'the page prints .other',
      () => false,
    ).judge(x, evidence([x]));
    expect(finding).to.deep.equal({
      class: 'documentation',
      where: 'the suffix: the page prints .other',
      expected: 'what the page prints holds',
      actual: '404 with an empty body',
    });
    expect(
      pageHolds(
        'the suffix',
        () => '',
        () => true,
      ).judge(x, evidence([x])),
    ).to.deep.equal([]);
  });
});
