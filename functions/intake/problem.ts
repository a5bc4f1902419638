/** What a sender reads whose request was not taken. */

interface Problem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly errors: readonly { readonly field: string; readonly problem: string }[];
}

/** Problem details of RFC 9457, which repeat nothing that was sent. */
export function problem({ code, status, title, errors }: Problem): Response {
  const body = { type: `/events/problems/${code}`, code, status, title, ...(errors.length === 0 ? {} : { errors }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(status === 503 ? { 'Retry-After': '5' } : {}),
    },
  });
}
