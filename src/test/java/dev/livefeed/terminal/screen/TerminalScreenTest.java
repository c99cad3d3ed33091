package dev.livefeed.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {

    private ScreenTerminal.VirtualTerminal virtual;
    private TerminalScreen screen;

    @BeforeEach
    void enter() throws IOException {
        virtual = ScreenTerminal.withTerminal("test", "screen-256color", 40, 5);
        virtual.terminal().writer().println("$ top");
        virtual.terminal().flush();
        screen = new TerminalScreen(virtual.terminal(), virtual.terminal().output(), true);
        screen.enter();
    }

    @AfterEach
    void close() throws IOException {
        screen.close();
    }

    private String shown() {
        return virtual.screen().toString();
    }

    @Test
    void theTerminalIsGivenBackAsItWas() throws IOException {
        assertThat(virtual.terminal().getAttributes().getLocalFlag(Attributes.LocalFlag.ECHO))
                .isFalse();
        draw("market");
        assertThat(shown()).contains("market").doesNotContain("$ top");

        screen.close();

        assertThat(shown()).contains("$ top").doesNotContain("market");
        draw("late");
        assertThat(shown()).as("a frame that comes late").doesNotContain("late");
    }

    private void draw(String text) {
        Frame frame = new Frame(screen.rows(), screen.columns(), screen.glyphs());
        frame.put(screen.rows() - 1, screen.columns() - text.length(), text, Tone.STRONG);
        screen.draw(frame);
    }

    @Test
    void itHasTheSizeOfTheWindow() {
        assertThat(screen.columns()).isEqualTo(40);
        assertThat(screen.changed()).isFalse();

        virtual.screen().setSize(Size.of(60, 8));
        virtual.terminal().setSize(Size.of(60, 8));
        virtual.terminal().raise(Terminal.Signal.WINCH);

        assertThat(screen.changed()).isTrue();
        assertThat(screen.rows()).isEqualTo(8);
        draw("corner");
        assertThat(shown()).contains("corner");
        virtual.terminal().raise(Terminal.Signal.INT);
        assertThat(screen.interrupted()).isTrue();
    }
}
