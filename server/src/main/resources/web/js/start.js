// A classic script, run before the first paint, so that the page never flashes in the wrong theme
// or claims the wrong language. The modules take over from here.
(() => {
    const root = document.documentElement;
    let language = navigator.language;
    try {
        const theme = localStorage.getItem('altiplano.theme');
        if (theme === 'light' || theme === 'dark') {
            root.dataset.theme = theme;
        }
        language = localStorage.getItem('altiplano.language') ?? language;
    } catch (storageIsForbidden) {
        // The system's theme and the browser's language, then.
    }
    root.lang = language.startsWith('es') ? 'es' : 'en';
})();
