// A second tab puts the client in the background, where Chromium slows it down for good:
// the address is noted instead of opened.
window.__opened = [];
window.open = (url) => {
  window.__opened.push(String(url));
  return null;
};
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      window.__opened.push(link.href);
    }
  },
  true,
);
