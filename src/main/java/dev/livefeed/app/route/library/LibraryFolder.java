package dev.livefeed.app.route.library;

import dev.livefeed.app.sink.SinkLibrary;
import dev.livefeed.app.tracing.TracingLibrary;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder {@code lib/} beside the jar. Its jars are on the class path behind the program's own classes, so a library
 * that the jar contains too is the one of the jar.
 */
public final class LibraryFolder {

    private final Path folder;

    private LibraryFolder(Path folder) {
        this.folder = folder;
    }

    /** @param jar the jar that runs, or null where classes run from a folder: then {@code lib/} here */
    public static LibraryFolder beside(Path jar) {
        Path parent = jar == null ? null : jar.toAbsolutePath().getParent();
        return new LibraryFolder((parent == null ? Path.of("lib") : parent.resolve("lib")).toAbsolutePath());
    }

    /** The folder, which may not exist. */
    public Path path() {
        return folder;
    }

    /** The jars in the folder, by name; empty without a folder. */
    public List<Path> jars() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            System.err.println("warning: " + folder + " cannot be read, its libraries are not used: " + e);
            return List.of();
        }
    }

    /** Those that can be read; others are named. */
    private static boolean isReadable(Path jar) {
        try {
            new JarFile(jar.toFile(), false).close();
            return true;
        } catch (IOException e) {
            System.err.println("warning: " + jar + " is damaged or no jar, and is not used: " + e.getMessage()
                    + "; delete it, or let the command add replace it");
            return false;
        }
    }

    /** Makes the libraries available to this thread and to all threads it starts. Does nothing without any. */
    public void use() {
        Set<Path> given = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .collect(Collectors.toSet());
        List<Path> jars = jars().stream()
                .filter(jar -> !given.contains(jar.normalize()))
                .filter(LibraryFolder::isReadable)
                .toList();
        if (jars.isEmpty()) {
            return;
        }
        LibraryVersions.conflicts(jars, BundledArtifacts.versions())
                .forEach(conflict -> System.err.println("warning: " + conflict));
        URL[] more = jars.stream().map(LibraryFolder::url).toArray(URL[]::new);
        Thread.currentThread().setContextClassLoader(new Loader(more));
    }

    /** Loads libraries behind the jar, and those classes of the jar itself that use them. */
    private static final class Loader extends URLClassLoader {

        private static final List<String> USERS = List.of(SinkLibrary.PACKAGE + '.', TracingLibrary.PACKAGE + '.');

        Loader(URL[] libraries) {
            super("lib", libraries, LibraryFolder.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (USERS.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
