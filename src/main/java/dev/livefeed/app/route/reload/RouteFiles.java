package dev.livefeed.app.route.reload;

import dev.livefeed.app.settings.Placeholders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** The route files: an editable folder or, if there is none, the files in the jar. */
public final class RouteFiles {

    /** Suffix of route files. */
    public static final String SUFFIX = ".camel.yaml";

    private static final String PACKED = "routes/";
    /** Folder of the routes of sinks; only those of enabled sinks are read. */
    private static final String SINKS = "sinks/";
    /** Beginning of the names of files that serve operations of the HTTP interface and nothing else. */
    private static final String OPERATIONS = "api-";

    private static final String INTERFACE = "api" + SUFFIX;

    private static final Pattern ENDPOINT = Pattern.compile("direct:\\w+");
    /** Marks, in a location, where the name of a file in a folder below begins. */
    private static final String BELOW = "/./";

    private static final long LARGEST_READ = 1024 * 1024;

    private final Path folder;
    private final List<String> sinks;
    private final List<String> sources;

    private RouteFiles(Path folder) {
        this(folder, List.of(), List.of());
    }

    private RouteFiles(Path folder, List<String> sinks, List<String> sources) {
        this.folder = folder;
        this.sinks = sinks;
        this.sources = sources;
    }

    /** The same files with those of sinks; a sink that the folder does not hold is that of the jar. */
    public RouteFiles withSinks(List<String> names) {
        return new RouteFiles(folder, List.copyOf(names), sources);
    }

    /** The same files with the connector routes of the sources after the first one. */
    public RouteFiles withSources(List<String> venues) {
        return new RouteFiles(folder, sinks, List.copyOf(venues));
    }

    /** Names of the sinks for which there is a file, in the folder or in the jar. */
    public Set<String> knownSinks() throws IOException {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        packed(PACKED + SINKS).keySet().stream(),
                        sinkFiles(folder).stream()
                                .map(file -> file.getFileName().toString()))
                .forEach(file -> names.add(file.substring(0, file.length() - SUFFIX.length())));
        return names;
    }

    private static List<Path> sinkFiles(Path folder) throws IOException {
        Path own = folder == null ? null : folder.resolve(SINKS);
        return own != null && Files.isDirectory(own) ? list(own) : List.of();
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
                    names.addAll(Placeholders.in(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
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
            if (folder == null) {
                return List.of();
            }
            List<Path> files = new ArrayList<>(list(folder));
            files.addAll(sinkFiles(folder));
            return files;
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
        return readFiles().withSources(sources);
    }

    private RouteFileSet readFiles() throws IOException {
        if (folder == null) {
            Map<String, byte[]> all = packed(PACKED);
            addPackedSinks(all, sinks);
            return new RouteFileSet(all, Map.of());
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
        List<Path> all = new ArrayList<>(list);
        List<String> elsewhere = new ArrayList<>();
        for (String sink : sinks) {
            Path file = folder.resolve(SINKS + sink + SUFFIX);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                all.add(file);
            } else {
                elsewhere.add(sink);
            }
        }
        addPackedSinks(contents, elsewhere);
        for (int i = 0; i < all.size(); i++) {
            Path file = all.get(i);
            String name = (i < list.size() ? "" : SINKS) + file.getFileName();
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
        addNewOperations(contents);
        return new RouteFileSet(contents, unreadable);
    }

    /**
     * Adds the files of the jar that only answer HTTP requests which this folder, of an earlier version, does not know:
     * no file of it has that name, or names one of their endpoints.
     */
    private static void addNewOperations(Map<String, byte[]> contents) throws IOException {
        if (!contents.containsKey(INTERFACE)) {
            return; // no folder of this program
        }
        List<String> own = contents.values().stream()
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .toList();
        packed(PACKED).forEach((name, content) -> {
            if (name.startsWith(OPERATIONS) && !contents.containsKey(name)) {
                boolean known = ENDPOINT.matcher(new String(content, StandardCharsets.UTF_8))
                        .results()
                        .map(MatchResult::group)
                        .anyMatch(endpoint -> own.stream().anyMatch(text -> names(text, endpoint)));
                if (!known) {
                    contents.put(name, content);
                }
            }
        });
    }

    private static boolean names(String text, String endpoint) {
        return Pattern.compile(Pattern.quote(endpoint) + "\\b").matcher(text).find();
    }

    /** Whether the files that were read are those of the jar, unchanged. */
    public boolean arePacked(RouteFileSet read) throws IOException {
        return folder == null || read.same(new RouteFiles(null, sinks, sources).read());
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

    private static void addPackedSinks(Map<String, byte[]> contents, List<String> names) throws IOException {
        if (!names.isEmpty()) {
            Map<String, byte[]> packed = packed(PACKED + SINKS);
            for (String sink : names) {
                byte[] content = packed.get(sink + SUFFIX);
                if (content != null) {
                    contents.put(SINKS + sink + SUFFIX, content);
                }
            }
        }
    }

    /** Camel's own scan would unpack the whole jar at each start. */
    private static Map<String, byte[]> packed(String place) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (URL url : Collections.list(RouteFiles.class.getClassLoader().getResources(place))) {
            if (url.openConnection() instanceof JarURLConnection connection) {
                JarFile jar = connection.getJarFile(); // shared with the class loader, so not closed
                for (JarEntry entry : Collections.list(jar.entries())) {
                    String name = entry.getName();
                    if (name.startsWith(place) && name.endsWith(SUFFIX) && name.lastIndexOf('/') < place.length()) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            contents.put(name.substring(place.length()), in.readAllBytes());
                        }
                    }
                }
            } else if (url.getProtocol().equals("file")) {
                for (Path file : list(Path.of(URI.create(url.toString())))) {
                    contents.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    /** A file's content as a Camel resource; its location identifies the file. */
    public Resource resource(String name, byte[] content) {
        String below = name.indexOf('/') < 0 ? "/" : BELOW;
        return ResourceHelper.fromBytes(
                (folder == null ? "classpath:routes" : "file:" + folder) + below + name, content);
    }

    /** The name of the file with this location. */
    static String name(String location) {
        int below = location.lastIndexOf(BELOW);
        return below >= 0 ? location.substring(below + BELOW.length()) : location.replaceAll(".*[/\\\\:]", "");
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
