import { afterAll, beforeAll } from 'vitest';
import { type E2eCloud, startE2eCloud } from '../support/e2e-cloud.ts';
import { tellsOfApprovals } from './approvals.ts';
import { tellsOfBooks } from './books.ts';
import { tellsOfClaimsAndLeave } from './claims-and-leave.ts';
import { provesLeastPrivilege } from './least-privilege.ts';
import { tellsOfTheOffice } from './office.ts';
import { tellsOfOperators } from './operations.ts';
import { tellsOfOrders } from './orders.ts';
import { tellsOfOutages } from './outages.ts';
import { tellsOfPeople } from './people.ts';
import { tellsOfPhones } from './phone.ts';
import { tellsOfPurchases } from './purchases.ts';
import { tellsOfStock } from './stock.ts';
import { createStories } from './stories.ts';
import { tellsOfTheWorklist } from './worklist.ts';

let world: E2eCloud;
const stories = createStories(() => world);

beforeAll(async () => {
  world = await startE2eCloud();
});
afterAll(async () => {
  await world?.stop();
});

// One after the other: what they change is felt by whoever else is on the cloud.
tellsOfOutages(stories);
tellsOfBooks(stories);
tellsOfPeople(stories);
// Side by side, those that wait longest first: what they buy and use up is nothing that another of them looks at.
tellsOfStock(stories);
tellsOfClaimsAndLeave(stories);
tellsOfTheOffice(stories);
// One after the other again: somebody stands in for the manager of all requesters meanwhile.
tellsOfApprovals(stories);
// Side by side: each looks at nothing but what it made.
tellsOfPurchases(stories);
tellsOfOperators(stories);
tellsOfOrders(stories);
tellsOfPhones(stories);
tellsOfTheWorklist(stories);
provesLeastPrivilege(() => world);
