const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }

/** `Firefox 152, Linux x86_64`: what tells somebody's browsers apart, as far as they say it in the usual way. */
export function browserText(agent: string | null): string | null {
  if (agent === null || agent === '') return null
  const [, name, version] = /(Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(agent) ?? []
  if (name === undefined || version === undefined) return agent.slice(0, 60)
  const [, system = ''] = /\((?:X11; )?([^;)]+)/.exec(agent) ?? []
  return `${names[name] ?? name} ${version}, ${system}`
}
