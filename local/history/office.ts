/** The use of a seal, by the route of its form. */
import { digestOf } from '../../functions/audit/domain/canonical-json.ts';
import { officeQuestion } from '../../functions/office/office-question.ts';
import { askPeople } from './approve.ts';
import type { HistoryCase } from './case.ts';
import type { People } from './people.ts';
import { register } from './steps.ts';

const FORM = 'seal-use';

export async function tellSealUse(story: HistoryCase, people: People, number: number): Promise<void> {
  const { chance, company } = story;
  const form = company.forms.find(({ definition }) => definition.id === FORM);
  if (form === undefined) {
    throw new Error(`there is no form ${FORM}`);
  }
  const fields = {
    seal: chance.pick(['company', 'company', 'contract', 'finance']),
    document: 'Contract',
    copies: chance.whole(1, 4),
  };
  const facts = { form: FORM, formVersion: 1, formDigest: form.digest };
  register(story, 'OfficeRequestRegistered', { form: FORM, title: 'Contract' });
  story.tick();
  story.say('OfficeRequestChecked', { ...facts, version: 1, fields, fieldsDigest: digestOf(fields) }, 'checks');
  story.tell('accepted');
  const question = officeQuestion(story.requesterId, { fields }, { ...form, version: 1 }, company.currency);
  const { outcome } = await askPeople(story, people, { question, documentVersion: 1, facts });
  if (outcome !== 'approved') {
    return story.close('OfficeRequestClosed', outcome === 'returned' ? 'withdrawn' : (outcome ?? 'expired'));
  }
  story.tick();
  const year = story.now.toISOString().slice(0, 4);
  const named = {
    number: `SEAL-${year}-${String(number).padStart(4, '0')}`,
    form: FORM,
    formVersion: 1,
    year,
    sequence: number,
  };
  story.say('DocumentNumbered', named, 'numbers');
  story.close('OfficeRequestClosed', 'approved');
}
