// A classic script in the head, so that the page never flashes in the wrong theme. It works in the
// page of the server and in the file that stands alone; only the first has the form.
(() => {
    'use strict';
    const root = document.documentElement;
    const STORED = 'altiplano.theme';

    try {
        const theme = localStorage.getItem(STORED);
        if (theme === 'light' || theme === 'dark') {
            root.dataset.theme = theme;
        }
    } catch {
        // Storage is forbidden: the system's theme, then.
    }

    function switchTheme() {
        const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches;
        const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : systemIsDark;
        root.dataset.theme = isDark ? 'light' : 'dark';
        try {
            localStorage.setItem(STORED, root.dataset.theme);
        } catch {
            // It holds for this page alone.
        }
    }

    /** Sends the form whenever it rests for a moment, and shows the latest answer only. */
    function watchForm(form) {
        const answer = document.getElementById('answer');
        const problem = document.getElementById('form-error');
        let timer = 0;
        let latest = 0;

        async function ask() {
            const number = ++latest;
            answer.setAttribute('aria-busy', 'true');
            const body = { language: root.lang, reading: form.elements.reading.value };
            for (const name of ['gpus', 'cap', 'pue']) {
                body[name] = form.elements[name].valueAsNumber;
            }
            let shown;
            try {
                const reply = await fetch('/plan/api', {
                    method: 'POST',
                    headers: { 'content-type': 'application/json' },
                    body: JSON.stringify(body),
                });
                const told = await reply.json();
                shown = reply.ok ? told : { problem: told.error.message };
            } catch {
                shown = { problem: form.dataset.unreachable };
            }
            if (number === latest) {
                show(shown);
            }
        }

        function show(told) {
            answer.setAttribute('aria-busy', 'false');
            problem.hidden = !told.problem;
            problem.textContent = told.problem ?? '';
            if (!told.problem) {
                answer.innerHTML = told.answer;
                document.getElementById('title').textContent = told.title;
                document.getElementById('spoken').textContent = told.spoken;
                answer.querySelectorAll('.drawing').forEach(readAloud);
            }
        }

        for (const name of ['gpus', 'cap', 'pue']) {
            const slider = document.getElementById(`${name}-slider`);
            const field = form.elements[name];
            slider.addEventListener('input', () => { field.value = slider.value; });
            field.addEventListener('input', () => { slider.value = field.value; });
        }
        form.addEventListener('input', () => {
            clearTimeout(timer);
            timer = setTimeout(ask, 120);
        });
        form.addEventListener('submit', (event) => event.preventDefault());
    }

    /** Marks with a title can be walked through with the arrow keys; what they say stands below. */
    function readAloud(drawing) {
        const marks = [...drawing.querySelectorAll('svg :is(rect, circle):has(> title)')];
        if (marks.length === 0) {
            return;
        }
        const readout = document.createElement('p');
        readout.className = 'readout';
        readout.setAttribute('aria-live', 'polite');
        drawing.after(readout);
        let at = -1;

        function point(index) {
            marks[at]?.classList.remove('current');
            at = Math.max(0, Math.min(marks.length - 1, index));
            marks[at].classList.add('current');
            readout.textContent = marks[at].querySelector('title').textContent;
        }

        drawing.addEventListener('keydown', (event) => {
            const moves = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 };
            if (event.key in moves) {
                event.preventDefault();
                point(moves[event.key]);
            }
        });
        drawing.addEventListener('pointerover', (event) => {
            const index = marks.indexOf(event.target);
            if (index >= 0) {
                point(index);
            }
        });
    }

    document.addEventListener('DOMContentLoaded', () => {
        document.getElementById('theme').addEventListener('click', switchTheme);
        document.querySelectorAll('.drawing').forEach(readAloud);
        const form = document.getElementById('power');
        if (form !== null) {
            watchForm(form);
        }
    });
})();
