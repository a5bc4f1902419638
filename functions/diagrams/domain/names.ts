/** Ids of a diagram: names of XML (NCName), each given once. */

/** Gives a name like the one that is wanted, which nobody was given before. */
export function newNames(): (wanted: string) => string {
  const given = new Set<string>();
  return (wanted) => {
    const name = /^[A-Za-z_]/.test(wanted)
      ? wanted.replaceAll(/[^\w.-]/g, '')
      : `_${wanted.replaceAll(/[^\w.-]/g, '')}`;
    let free = name;
    for (let count = 2; given.has(free); count += 1) {
      free = `${name}_${count}`;
    }
    given.add(free);
    return free;
  };
}
