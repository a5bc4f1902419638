import { describeErp } from './contract.ts';
import { openTrytonRig } from './tryton-rig.ts';

describeErp('Tryton', openTrytonRig);
