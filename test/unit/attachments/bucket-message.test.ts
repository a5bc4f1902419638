import { describe, expect, it } from 'vitest';
import { arrivedKeys, bucketMessage } from '../../../functions/attachments/bucket-message.ts';

const told = (...keys: readonly string[]) =>
  bucketMessage.parse({
    Records: keys.map((key) => ({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Post',
      s3: { bucket: { name: 'files' }, object: { key, size: 3 } },
    })),
  });

describe('what a bucket tells', () => {
  it.each([
    ['incoming/1/offer.pdf', 'incoming/1/offer.pdf'],
    ['incoming/1/%E6%8A%A5%E4%BB%B7+%281%29.pdf', 'incoming/1/报价 (1).pdf'],
    ['incoming/1/100%25%2B1.pdf', 'incoming/1/100%+1.pdf'],
  ])('names %s as a form writes it, which is %s', (written, key) => {
    expect(arrivedKeys(told(written))).toEqual([key]);
  });

  it('may name several files', () => {
    expect(arrivedKeys(told('incoming/1/a', 'incoming/2/b'))).toEqual(['incoming/1/a', 'incoming/2/b']);
  });

  it('is nothing at the test that S3 sends when it is set up', () => {
    const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-11-25T08:00:00.000Z', Bucket: 'files' };

    expect(arrivedKeys(bucketMessage.parse(test))).toEqual([]);
  });

  it.each([{}, { Event: 's3:Other' }, { Records: [{ s3: {} }] }])('is refused when it is %j', (message) => {
    expect(bucketMessage.safeParse(message).success).toBe(false);
  });
});
