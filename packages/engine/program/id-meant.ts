export const ID_LENGTH_MAX = 60 // they stand in keys, feeds and reports, and are read there by people

/** The id that a name would have; empty where there is none. */
export const idMeant = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '') // é is e
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, ID_LENGTH_MAX)
