package dev.altiplano.server.page;

import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** How a page is looked at: language of the browser, scheme of the system, width of the window. */
record Look(String locale, ColorScheme scheme, int width) {
    static final Look WIDE = new Look("en-GB", ColorScheme.LIGHT, 1280);
    static final Look NARROW = WIDE.withWidth(360);

    Look withLocale(String newLocale) {
        return new Look(newLocale, scheme, width);
    }

    Look withScheme(ColorScheme newScheme) {
        return new Look(locale, newScheme, width);
    }

    Look withWidth(int newWidth) {
        return new Look(locale, scheme, newWidth);
    }

    int height() {
        return width < 600 ? 740 : 860;
    }

    @Override
    public String toString() {
        return "%s-%s-%d".formatted(locale.substring(0, 2), scheme, width).toLowerCase(Locale.ROOT);
    }
}
