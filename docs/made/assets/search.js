// The theme searches when a key comes up; a word chosen by mouse in an input method, or pasted, brings none.
document.addEventListener("input", function (event) {
  if (event.target.matches("[data-md-component=search-query]")) event.target.dispatchEvent(new KeyboardEvent("keyup"));
});
