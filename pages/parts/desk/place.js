// One page of a document under a figure's source, with the place marked that a number comes from.
export default function (component) {
  const { data, parentElement } = component;
  const view = parentElement.querySelector(".view");
  view.ariaLabel = data.said;
  const paper = makePaper(view, data.pages, { want: () => {}, chosen: () => {}, said: () => data.said });
  paper.arrived(data.page);
  paper.show([data.place]);
}
