package dev.livefeed.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides each test with a {@link Jar} and closes it after the test. Where a {@code @BeforeAll} method of the class
 * has a {@link Jar}, all tests of the class get that one, and it is closed after the last. Its folder is kept for the
 * logs.
 */
final class JarExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(JarExtension.class);
    private static final int SHOWN = 80;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Jar.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(STORE).getOrComputeIfAbsent(Jar.class, key -> {
            try {
                return new Jar(emptyFolder(context));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Jar jar = context.getStore(STORE).get(Jar.class, Jar.class); // or that of the class
        if (jar == null) {
            return;
        }
        try {
            closeOwn(context);
        } finally {
            if (context.getExecutionException().isPresent()) {
                List<String> log = jar.log();
                System.err.println("--- the end of the log in " + jar.folder());
                log.subList(Math.max(0, log.size() - SHOWN), log.size()).forEach(System.err::println);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeOwn(context);
    }

    private static void closeOwn(ExtensionContext context) {
        Jar own = context.getStore(STORE).remove(Jar.class, Jar.class);
        if (own != null) {
            own.close();
        }
    }

    private static Path emptyFolder(ExtensionContext context) throws IOException {
        String unique = context.getUniqueId();
        int invocation = unique.indexOf("invocation:#");
        String number =
                invocation < 0 ? "" : "-" + unique.substring(invocation + 12).replaceAll("\\D.*", "");
        String test = context.getTestMethod().map(Method::getName).orElse("all");
        Path folder = Path.of(
                        "target", "jar-runs", context.getRequiredTestClass().getSimpleName())
                .resolve(test + number)
                .toAbsolutePath();
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
