package dev.livefeed.app.tracing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingLibraryTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** As when one file of another version was put into the folder, or one was deleted. */
    @Test
    void librariesThatDoNotFitTogetherAreAFaultInWords() {
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith(TracingLibrary.PACKAGE)) {
                    throw new NoClassDefFoundError("io/opentelemetry/sdk/trace/SpanLimits");
                }
                return super.loadClass(name, resolve);
            }
        });

        assertThatThrownBy(() -> TracingLibrary.open(Map.of(), text -> text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("do not fit together", "SpanLimits", "add opentelemetry");
    }
}
