/** An engineering change: departments beside each other say yes, and the new bill counts from its day. */
import { digestOf } from '../../functions/audit/domain/canonical-json.ts';
import { askPeople } from './approve.ts';
import type { HistoryCase } from './case.ts';
import type { People } from './people.ts';
import { register } from './steps.ts';
import { DAY } from './telling.ts';

export async function tellChange(story: HistoryCase, people: People, number: number): Promise<void> {
  const { chance, company, processId } = story;
  const product = { productCode: `P-9${String((number % 7) + 1).padStart(3, '0')}`, basedOn: digestOf(number) };
  const effectiveOn = new Date(story.now.getTime() + chance.whole(6, 16) * DAY).toISOString().slice(0, 10);
  const atStake = { amount: `${chance.whole(2, 90) * 1000}.00`, currency: company.currency };
  register(story, 'EngineeringChangeRegistered', { productCode: product.productCode, effectiveOn });
  story.tick(3000);
  const checked = { ...product, effectiveOn, differences: [], impact: [], atStake, version: 1 };
  story.say('EngineeringChangeChecked', checked, 'checks');
  story.tell('accepted');
  const question = {
    subject: 'engineering-change',
    requesterId: story.requesterId,
    amount: atStake.amount,
    costCentre: '',
    scope: { lines: [{ category: '', currency: company.currency }] },
    excluded: [],
  } as const;
  const { outcome } = await askPeople(story, people, { question, documentVersion: 1 });
  if (outcome !== 'approved') {
    return story.close('EngineeringChangeClosed', outcome === 'returned' ? 'withdrawn' : (outcome ?? 'expired'));
  }
  story.tell('approved');
  const key = `${processId}-bom`;
  story.say('BomVersionIntended', { key, ...product, effectiveOn });
  story.tick(3000);
  // Somebody has changed the bill in the ERP while people decided.
  if (chance.isTrue(0.08)) {
    story.hear('BomFoundChanged', product);
    return story.close('EngineeringChangeClosed', 'stale');
  }
  story.hear('BomVersionPrepared', { key, bomId: String(9000 + number), effectiveOn });
  story.tell('prepared');
  moment(story, new Date(`${effectiveOn}T00:00:00+08:00`));
  story.tick();
  story.say('BomChangeIntended', { key: `${processId}-in-force`, productCode: product.productCode });
  story.tick(3000);
  story.hear('BomChanged', { key: `${processId}-in-force`, productCode: product.productCode });
  story.close('EngineeringChangeClosed', 'implemented');
}

/** The day from which the bill counts; that it has come is the alarm's word. */
function moment(story: HistoryCase, at: Date): void {
  const { processId, requesterId } = story;
  const kind = 'effective-date';
  const wait = { waitId: `${processId}/${kind}`, kind, subject: processId, deadline: at.toISOString() };
  story.tick();
  story.say('WaitOpened', { ...wait, owner: requesterId });
  story.now = at > story.now ? at : story.now;
  story.say('WaitExpired', wait, 'alarms');
}
