import { FakeTime } from '../../support/fake-time.ts';
import { describeTime } from './time-contract.ts';

describeTime('time sheets in memory', async () => {
  const time = new FakeTime([
    { employeeId: 'E-1001', name: '李娜 Li Na' },
    { employeeId: 'E-1002', name: 'Daniel Brooks' },
    { employeeId: 'E-1003', name: '高远 Gao Yuan', employedUntil: '2025-12-31' },
    { employeeId: 'E-1004', name: '韩梅 Han Mei' },
  ]);
  return {
    time,
    another: () => time,
    typeIn: async (employeeId, kind, date, hours) => time.typeIn(employeeId, kind, { date, hours }),
    clock: async (employeeId, clockings) => {
      for (const { direction, at } of clockings) {
        time.clock(employeeId, direction, at);
      }
    },
    daysWith: async (key) =>
      time
        .allAbsences()
        .filter((absence) => absence.key === key)
        .flatMap(({ days }) => days).length,
    close: async () => {},
  };
});
