/** Light or dark: as the device is, until somebody chooses. The colours of `@laurel/ui` go by the same mark on the page. */

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const place = 'laurel-color-scheme'

export const chosenTheme = (): Theme => themes.find((theme) => theme === localStorage.getItem(place)) ?? 'auto'

export function showTheme(): void {
  const theme = chosenTheme()
  if (theme === 'auto') delete document.documentElement.dataset['mantineColorScheme']
  else document.documentElement.dataset['mantineColorScheme'] = theme
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(place, theme)
  showTheme()
}
