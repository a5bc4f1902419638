import { describeErp } from './contract.ts';
import { openFakeRig } from './fake-rig.ts';

describeErp('the ERP in memory', openFakeRig);
