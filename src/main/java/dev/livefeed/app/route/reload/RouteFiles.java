package dev.livefeed.app.route.reload;

import dev.livefeed.app.settings.Placeholders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** The route files: an editable folder or, if there is none, the files in the jar. */
public final class RouteFiles {

    /** Suffix of route files. */
    public static final String SUFFIX = ".camel.yaml";

    private static final String PACKED = "routes/";

    private static final long LARGEST_READ = 1024 * 1024;

    private final Path folder;

    private RouteFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Searches the configured folder, then {@code routes/} in the working directory, then beside the jar.
     *
     * @param set value of the setting, or empty
     * @param jar the running jar, or null
     */
    public static RouteFiles find(String set, Path workingDirectory, Path jar) throws IOException {
        if (!set.isEmpty()) {
            return new RouteFiles(workingDirectory.resolve(set).toAbsolutePath().normalize());
        }
        List<Path> candidates = new ArrayList<>();
        candidates.add(workingDirectory.resolve("routes"));
        if (jar != null && jar.getParent() != null) {
            candidates.add(jar.getParent().resolve("routes"));
        }
        for (Path candidate : candidates) {
            Path absolute = candidate.toAbsolutePath().normalize();
            if (Files.isDirectory(absolute) && !list(absolute).isEmpty()) {
                return new RouteFiles(absolute);
            }
        }
        return new RouteFiles(null);
    }

    /**
     * The names of properties and environment variables used by the operator's own route files, as far as they can be
     * read.
     */
    public static Set<String> namesUsed(String set, Path workingDirectory, Path jar) {
        Set<String> names = new TreeSet<>();
        for (Path file : listed(set, workingDirectory, jar)) {
            try {
                if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_READ) {
                    names.addAll(Placeholders.in(
                            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8)));
                }
            } catch (IOException e) {
                // The trial of the routes reports the fault.
            }
        }
        return names;
    }

    private static List<Path> listed(String set, Path workingDirectory, Path jar) {
        try {
            Path folder = find(set, workingDirectory, jar).folder();
            return folder == null ? List.of() : list(folder);
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    /** The folder, or null for the routes in the jar. */
    public Path folder() {
        return folder;
    }

    /** The location of the routes, for people. */
    public String place() {
        return folder == null ? "the jar" : folder.toString();
    }

    /**
     * Reads all files. Links are resolved each time, so that a changed link is noticed.
     *
     * @throws IOException if the folder cannot be read or contains no route file
     */
    public RouteFileSet read() throws IOException {
        if (folder == null) {
            return new RouteFileSet(packed(), Map.of());
        }
        List<Path> list = list(folder);
        if (list.isEmpty()) {
            throw new IOException(folder + " holds no *" + SUFFIX
                    + " file; give it the routes, or name another folder by ROUTES_DIR");
        }
        if (list.size() > RouteFileLimits.MAX_FILES) {
            throw new IOException(folder + " holds " + list.size() + " route files; at most "
                    + RouteFileLimits.MAX_FILES + " are taken");
        }
        Map<String, byte[]> contents = new TreeMap<>();
        Map<String, RouteFault> unreadable = new TreeMap<>();
        for (Path file : list) {
            String name = file.getFileName().toString();
            try {
                contents.put(name, content(file));
            } catch (IOException e) {
                if (descriptorsAreUsedUp(e)) {
                    throw e;
                }
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    unreadable.put(name, RouteFault.of(name, reason(file, e)));
                }
            }
        }
        return new RouteFileSet(contents, unreadable);
    }

    /** Whether the files that were read are those of the jar, unchanged. */
    public boolean arePacked(RouteFileSet read) throws IOException {
        return folder == null || read.same(new RouteFiles(null).read());
    }

    /** Never blocks: reading a pipe without a writer would wait forever. */
    private static byte[] content(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    attributes.isDirectory() ? "it is a folder" : "it is a pipe, socket or device");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(RouteFileLimits.MAX_FILE_BYTES + 1);
        }
    }

    private static String reason(Path file, IOException e) {
        String why;
        if (e instanceof NoSuchFileException) {
            why = "it is a link to nothing";
        } else if (e instanceof AccessDeniedException) {
            why = "this user may not read it";
        } else if (e instanceof FileSystemException failed && failed.getReason() != null) {
            why = failed.getReason();
        } else {
            why = e.toString();
        }
        return "the file cannot be read: " + why + "; fix it or delete it";
    }

    private static boolean descriptorsAreUsedUp(IOException e) {
        return e.getMessage() != null && e.getMessage().contains("Too many open files");
    }

    /** Camel's own scan would unpack the whole jar at each start. */
    private static Map<String, byte[]> packed() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (URL place : Collections.list(RouteFiles.class.getClassLoader().getResources(PACKED))) {
            if (place.openConnection() instanceof JarURLConnection connection) {
                JarFile jar = connection.getJarFile(); // shared with the class loader, so not closed
                for (JarEntry entry : Collections.list(jar.entries())) {
                    String name = entry.getName();
                    if (name.startsWith(PACKED) && name.endsWith(SUFFIX) && name.lastIndexOf('/') < PACKED.length()) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            contents.put(name.substring(PACKED.length()), in.readAllBytes());
                        }
                    }
                }
            } else if (place.getProtocol().equals("file")) {
                for (Path file : list(Path.of(URI.create(place.toString())))) {
                    contents.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    /** A file's content as a Camel resource; its location identifies the file. */
    public Resource resource(String name, byte[] content) {
        return ResourceHelper.fromBytes(
                folder == null ? "classpath:routes/" + name : "file:" + folder + "/" + name, content);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.toRealPath())) {
            return files.filter(f -> f.getFileName().toString().endsWith(SUFFIX)
                            && !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            throw new IOException(folder + " is gone", e);
        } catch (AccessDeniedException e) {
            throw new IOException(folder + " may not be read by this user; give it the right to read and to enter", e);
        } catch (FileSystemException e) {
            throw new IOException(folder + " cannot be read: " + (e.getReason() == null ? e : e.getReason()), e);
        }
    }
}
