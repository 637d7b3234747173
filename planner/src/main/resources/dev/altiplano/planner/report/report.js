// A classic script in the head, so that the page never flashes in the wrong theme. It works in the
// page of the server and in the file that stands alone; only the first has the form.
(() => {
    'use strict';
    const root = document.documentElement;
    const STORED = 'altiplano.theme';
    const ANSWER_REST_MILLIS = 120;
    const PICTURES_REST_MILLIS = 450;

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

    function say(text) {
        document.getElementById('spoken').textContent = text;
    }

    /** What the server answers, a problem in words, or the seconds after which to ask again. */
    async function post(path, body, signal, unreachable) {
        try {
            const reply = await fetch(path, {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(body),
                signal,
            });
            const answer = await reply.json();
            const again = Number(reply.headers.get('retry-after'));
            if (reply.status === 429 && again > 0) {
                return { again, problem: answer.error.message };
            }
            return reply.ok ? answer : { problem: answer.error.message };
        } catch {
            return { problem: unreachable };
        }
    }

    /**
     * Asks the server once the form has rested for a while. A newer question ends the older one, whose
     * answer, if it still comes, is thrown away.
     */
    class Asking {
        #timer = 0;
        #running = new AbortController();

        constructor(form, path, restMillis) {
            this.form = form;
            this.path = path;
            this.restMillis = restMillis;
        }

        stop() {
            clearTimeout(this.#timer);
            this.#running.abort();
        }

        later(more, show) {
            this.stop();
            this.#timer = setTimeout(() => this.#ask(more(), show), this.restMillis);
        }

        async #ask(more, show) {
            const running = new AbortController();
            this.#running = running;
            const elements = this.form.elements;
            const body = { language: root.lang, reading: elements.reading.value, ...more };
            for (const name of ['gpus', 'cap', 'pue']) {
                body[name] = elements[name].valueAsNumber;
            }
            const told = await post(this.path, body, running.signal, this.form.dataset.unreachable);
            if (told.again && !running.signal.aborted) {
                this.#timer = setTimeout(() => this.#ask(more, show), told.again * 1000);
                return;
            }
            if (!running.signal.aborted) {
                show(told);
            }
        }
    }

    function watchForm(form) {
        const answer = document.getElementById('answer');
        const pictures = document.getElementById('pictures');
        const problem = document.getElementById('form-error');
        const progress = document.getElementById('progress');
        const answers = new Asking(form, '/plan/api', ANSWER_REST_MILLIS);
        const drawings = new Asking(form, '/plan/api/pictures', PICTURES_REST_MILLIS);

        function changed() {
            answer.setAttribute('aria-busy', 'true');
            pictures.setAttribute('aria-busy', 'true');
            progress.textContent = form.dataset.computing;
            answers.later(() => ({}), showAnswer);
            drawings.later(() => ({ marks: marks() }), showPictures);
        }

        function marks() {
            return [...pictures.children].map((picture) => picture.dataset.mark).join(' ');
        }

        function showAnswer(told) {
            answer.setAttribute('aria-busy', 'false');
            problem.hidden = !told.problem;
            problem.textContent = told.problem ?? '';
            if (told.problem) {
                drawings.stop();
                pictures.setAttribute('aria-busy', 'false');
                progress.textContent = '';
                return;
            }
            const open = openFolds(answer);
            answer.innerHTML = told.answer;
            reopen(answer, open);
            document.getElementById('title').textContent = told.title;
            document.title = `${told.title} – Altiplano`;
            say(told.spoken);
            answer.querySelectorAll('.drawing').forEach(enliven);
        }

        function showPictures(told) {
            pictures.setAttribute('aria-busy', 'false');
            progress.textContent = told.problem ?? form.dataset.done;
            for (const { id, html } of told.pictures ?? []) {
                const old = document.getElementById(id);
                const open = openFolds(old);
                old.outerHTML = html;
                const now = document.getElementById(id);
                reopen(now, open);
                now.querySelectorAll('.drawing').forEach(enliven);
            }
        }

        for (const name of ['gpus', 'cap', 'pue']) {
            const slider = document.getElementById(`${name}-slider`);
            const field = form.elements[name];
            slider.addEventListener('input', () => { field.value = slider.value; });
            field.addEventListener('input', () => { slider.value = field.value; });
        }
        form.addEventListener('input', changed);
        form.addEventListener('submit', (event) => event.preventDefault());
    }

    /** A sentence of the reader's own is sent when they say so, not at every letter. */
    function watchClaim(form) {
        const { sentence } = form.elements;
        const place = document.getElementById('claim-answer');
        const problem = document.getElementById('claim-error');
        let running = new AbortController();

        async function check() {
            running.abort();
            running = new AbortController();
            const { signal } = running;
            place.setAttribute('aria-busy', 'true');
            const pue = document.getElementById('pue').valueAsNumber;
            const body = { language: root.lang, sentence: sentence.value, pue };
            const told = await post('/plan/api/claim', body, signal, form.dataset.unreachable);
            if (signal.aborted) {
                return;
            }
            place.setAttribute('aria-busy', 'false');
            problem.hidden = !told.problem;
            problem.textContent = told.problem ?? '';
            place.innerHTML = told.answer ?? '';
            say(told.spoken ?? '');
        }

        form.addEventListener('submit', (event) => {
            event.preventDefault();
            check();
        });
        form.querySelectorAll('.example').forEach((example) => example.addEventListener('click', () => {
            sentence.value = example.textContent;
            check();
        }));
        // A sentence without a PUE of its own is judged with that of the page.
        document.getElementById('pue').form.addEventListener('change', () => {
            if (place.firstChild !== null) {
                check();
            }
        });
        form.hidden = false;
    }

    /** Which folds and choices the reader has made, by their place. */
    function openFolds(element) {
        return {
            folds: [...element.querySelectorAll('details')].map((fold) => fold.open),
            chosen: element.querySelector('input:checked')?.value,
        };
    }

    function reopen(element, { folds, chosen }) {
        element.querySelectorAll('details').forEach((fold, index) => { fold.open = folds[index] ?? false; });
        element.querySelectorAll('input').forEach((input) => { input.checked = input.value === chosen; });
    }

    function enliven(drawing) {
        if (drawing.querySelector('svg.zoom')) {
            zoom(drawing);
        } else {
            readAloud(drawing);
        }
    }

    function readout(drawing) {
        const line = document.createElement('p');
        line.className = 'readout';
        line.setAttribute('aria-live', 'polite');
        drawing.after(line);
        return line;
    }

    /** Marks with a title can be walked through with the arrow keys; what they say stands below. */
    function readAloud(drawing) {
        const marks = [...drawing.querySelectorAll('svg :is(rect, circle):has(> title)')];
        if (marks.length === 0) {
            return;
        }
        const line = readout(drawing);
        let at = -1;

        function point(index) {
            marks[at]?.classList.remove('current');
            at = Math.max(0, Math.min(marks.length - 1, index));
            marks[at].classList.add('current');
            line.textContent = marks[at].querySelector('title').textContent;
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

    const TICK_MINUTES = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400, 28800, 72000, 144000];
    const TICK_LABEL_WIDTH = 110;
    const SHORTEST_MINUTES = 30;

    /** Time since the start: 2 d 6 h 30 min. */
    function elapsed(minutes) {
        const whole = Math.round(minutes);
        const parts = [[Math.floor(whole / 1440), 'd'], [Math.floor(whole / 60) % 24, 'h'], [whole % 60, 'min']];
        const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
        return said.join(' ') || '0 d';
    }

    /** Moves the windows of a drawing, whose view boxes are in minutes. */
    function zoom(drawing) {
        const words = drawing.querySelector('.zoom-words').dataset;
        const end = Number(words.minutes);
        const stops = words.stops.split(' ').filter(Boolean).map(Number);
        const windows = [...drawing.querySelectorAll('svg.zoom')];
        const first = drawing.querySelector('.tick');
        const line = readout(drawing);
        let from = 0;
        let width = windows[0].viewBox.baseVal.width;

        function show(newFrom, newWidth) {
            width = Math.min(end, Math.max(Math.min(end, SHORTEST_MINUTES), newWidth));
            from = Math.min(end - width, Math.max(0, newFrom));
            windows.forEach((one) => one.setAttribute('viewBox', `${from} 0 ${width} 1`));
            ticks();
            const count = stops.filter((minute) => minute >= from && minute < from + width).length;
            line.textContent = words.shown.replace('{0}', elapsed(from)).replace('{1}', elapsed(from + width)).replace('{2}', count);
        }

        function ticks() {
            drawing.querySelectorAll('.tick').forEach((tick) => tick.remove());
            const left = windows[0].x.baseVal.value;
            const scale = windows[0].width.baseVal.value / width;
            const labels = windows[0].width.baseVal.value / TICK_LABEL_WIDTH;
            const step = TICK_MINUTES.find((minutes) => width / minutes <= labels) ?? width / 2;
            for (let at = Math.ceil(from / step) * step; at <= from + width; at += step) {
                const tick = first.cloneNode();
                const x = left + (at - from) * scale;
                tick.setAttribute('x', x);
                tick.classList.toggle('end', x > left + windows[0].width.baseVal.value - TICK_LABEL_WIDTH / 2);
                tick.textContent = elapsed(at);
                windows[0].ownerSVGElement.append(tick);
            }
        }

        const closer = () => show(from + width / 4, width / 2);
        const wider = () => show(from - width / 2, width * 2);
        const earlier = () => show(from - width / 2, width);
        const later = () => show(from + width / 2, width);
        const all = () => show(0, end);
        const buttons = document.createElement('p');
        buttons.className = 'zoom-buttons';
        for (const [name, action] of Object.entries({ in: closer, out: wider, earlier, later, all })) {
            const button = document.createElement('button');
            button.type = 'button';
            button.textContent = words[name];
            button.addEventListener('click', action);
            buttons.append(button);
        }
        drawing.after(buttons);
        const keys = { '+': closer, '-': wider, ArrowLeft: earlier, ArrowRight: later, Home: () => show(0, width), End: () => show(end, width) };
        drawing.addEventListener('keydown', (event) => {
            if (event.key in keys) {
                event.preventDefault();
                keys[event.key]();
            }
        });
    }

    /** Paper cannot be unfolded. */
    function unfoldOnPaper() {
        let closed = [];
        addEventListener('beforeprint', () => {
            closed = [...document.querySelectorAll('details:not([open])')];
            closed.forEach((fold) => { fold.open = true; });
        });
        addEventListener('afterprint', () => closed.forEach((fold) => { fold.open = false; }));
    }

    document.addEventListener('DOMContentLoaded', () => {
        document.getElementById('theme').addEventListener('click', switchTheme);
        document.querySelectorAll('.drawing').forEach(enliven);
        unfoldOnPaper();
        const forms = { power: watchForm, claim: watchClaim };
        for (const [id, watch] of Object.entries(forms)) {
            const form = document.getElementById(id);
            if (form !== null) {
                watch(form);
            }
        }
    });
})();
