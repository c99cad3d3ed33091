package dev.livefeed.terminal.screen;

import org.jline.utils.AttributedStyle;

/** What a text means; each can be told from the others without colours, too, or does not matter. */
public enum Tone {
    PLAIN(AttributedStyle.DEFAULT),
    STRONG(AttributedStyle.BOLD),
    FAINT(AttributedStyle.DEFAULT.faint()),
    GOOD(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)),
    WARN(AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW)),
    BAD(AttributedStyle.BOLD.foreground(AttributedStyle.RED)),
    BUY(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)),
    SELL(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)),
    HEAD(AttributedStyle.BOLD.foreground(AttributedStyle.CYAN)),
    SELECTED(AttributedStyle.INVERSE),
    /** Data that is not real. */
    NOT_REAL(AttributedStyle.BOLD.inverse().foreground(AttributedStyle.YELLOW)),
    /** What is shown is not current. */
    NOT_CURRENT(AttributedStyle.BOLD.inverse().foreground(AttributedStyle.RED));

    private final AttributedStyle style;

    Tone(AttributedStyle style) {
        this.style = style;
    }

    public AttributedStyle style(boolean colours) {
        return colours ? style : style.foregroundOff().backgroundOff();
    }

    /** Whether blanks have a background, too. */
    public boolean fills() {
        return this == SELECTED || this == NOT_REAL || this == NOT_CURRENT;
    }
}
