// Sets theme and language before the first paint, so that nobody is dazzled at night. No inline script: the policy forbids it.
(function () {
  var root = document.documentElement;
  var theme = 'system';
  var language = 'fr';
  try {
    theme = localStorage.getItem('vigie.theme') || theme;
    language = localStorage.getItem('vigie.language') || language;
  } catch (_) {
    // Storage may be forbidden: defaults stand.
  }
  var dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.lang = language === 'en' ? 'en' : 'fr';
})();
