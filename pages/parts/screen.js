/* Tells the server whether the screen is narrow (a phone's), where it thinks otherwise; the width is that of static/page.css. */
export default function ({data, setStateValue}) {
  const narrow = matchMedia('(max-width: 640px)');
  const tell = () => { if (narrow.matches !== data.narrow) setStateValue('narrow', narrow.matches); };
  tell();
  narrow.addEventListener('change', tell);
  return () => narrow.removeEventListener('change', tell);
}
