// From the SVG text of a chart to a file. This is the only part that needs a browser.
import type { Colours } from './svg_text';

export type Format = 'svg' | 'png';
const sharpness = 2; // Pixels of the PNG for one of the SVG: enough for a printed report.

/** The colours of the light theme, whatever the theme of the screen: an image goes into a report. */
export function light_colours(): Colours {
  const probe = document.createElement('i');
  probe.dataset['theme'] = 'light';
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const names = [
    'ink',
    'ink-soft',
    'surface',
    'surface-sunk',
    'line',
    'line-strong',
    'warn',
    'warn-wash',
    'bar',
    'bar-in',
    'compare',
  ];
  for (let k = 1; k <= 7; k++) names.push(`level-${k}`);
  const colours = Object.fromEntries(names.map((name) => [`--${name}`, style.getPropertyValue(`--${name}`).trim()]));
  probe.remove();
  return colours;
}

/** The image drawn at twice its size. Fails when the browser has no room for it. */
async function png_of(svg: Blob): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(svg);
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * sharpness;
    canvas.height = image.naturalHeight * sharpness;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, refused) =>
      canvas.toBlob((blob) => (blob ? done(blob) : refused(new Error('the image is too large'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

export async function save_image(svg_text: string, name: string, format: Format): Promise<void> {
  const svg = new Blob([svg_text], { type: 'image/svg+xml' });
  const file = format === 'svg' ? svg : await png_of(svg);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${name}.${format}`;
  link.click();
  // The download reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
