package dev.livefeed.app.route.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Libraries in more than one version are named; those for several systems are none. */
class LibraryVersionsTest {

    private static final Map<String, String> BUNDLED =
            Map.of("jackson-core", "2.20.0", "netty-buffer", "4.1.128.Final", "guava", "33.5.0-jre");

    private static List<String> conflicts(String... names) {
        return LibraryVersions.conflicts(
                Stream.of(names).map(name -> Path.of("/app/lib", name)).toList(), BUNDLED);
    }

    @Test
    void anotherVersionOfALibraryOfTheProgramIsNamed() {
        assertThat(conflicts("jackson-core-2.19.1.jar", "kafka-clients-3.9.1.jar"))
                .containsExactly(
                        "/app/lib/jackson-core-2.19.1.jar is another version of a library of the program, whose"
                                + " 2.20.0 is used; what needs this one may fail: delete it, or what needs it");
        assertThat(conflicts("jackson-core-2.20.0.jar", "netty-buffer-4.1.128.Final.jar", "guava-33.5.0-jre.jar"))
                .isEmpty();
    }

    @Test
    void twoVersionsInTheFolderAreNamed() {
        assertThat(conflicts("lz4-java-1.8.0.jar", "lz4-java-1.10.jar", "mine.jar"))
                .containsExactly(
                        "lz4-java is in /app/lib in the versions 1.10 and 1.8.0, and parts of both may be used:"
                                + " keep one");
        assertThat(conflicts(
                        "tcnative-2.0.7.Final-linux-x86_64.jar",
                        "tcnative-2.0.7.Final.jar",
                        "tcnative-classes-2.0.7.jar"))
                .isEmpty();
    }
}
