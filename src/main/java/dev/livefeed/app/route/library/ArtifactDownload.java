package dev.livefeed.app.route.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.tooling.maven.MavenArtifact;
import org.apache.camel.tooling.maven.MavenDownloaderImpl;
import org.apache.camel.tooling.maven.MavenGav;
import org.apache.camel.tooling.maven.MavenResolutionException;

/**
 * Gets artifacts and what they need at run time from the local Maven repository, else from Maven Central and the
 * repositories, mirrors and proxies of the user's {@code settings.xml}.
 */
public final class ArtifactDownload {

    /** An artifact and its file. */
    public record Library(String artifact, Path file) {}

    private final Set<String> bundled;

    /** Leaves out the artifacts of the jar. */
    public ArtifactDownload() {
        this(BundledArtifacts.names());
    }

    /** Leaves out the artifacts of the jar, and those that tracing does not need. */
    public static ArtifactDownload ofTracing() {
        Set<String> leftOut = new HashSet<>(BundledArtifacts.names());
        leftOut.addAll(TracingArtifacts.LEFT_OUT);
        return new ArtifactDownload(leftOut);
    }

    /** @param bundled artifacts to leave out, each as {@code group:artifact} */
    ArtifactDownload(Set<String> bundled) {
        this.bundled = bundled;
    }

    /**
     * Gets the artifacts and what they need, except what the jar has.
     *
     * @param coordinates each as {@code group:artifact:version}
     * @return each before those that it needs
     * @throws IOException if an artifact is not found or no repository can be reached
     */
    public List<Library> resolve(List<String> coordinates) throws IOException {
        List<Library> libraries = new ArrayList<>();
        for (MavenArtifact artifact : resolved(coordinates)) {
            MavenGav gav = artifact.getGav();
            if (!bundled.contains(gav.getGroupId() + ":" + gav.getArtifactId())) {
                libraries.add(
                        new Library(gav.getArtifactId(), artifact.getFile().toPath()));
            }
        }
        return libraries;
    }

    /**
     * Copies libraries into the folder. Another version that is there is replaced, and so is a file with another
     * content. All files are copied before the first one is used, and then what others need before those: if this is
     * interrupted, what was asked for is missing, and the next attempt completes it.
     *
     * @param libraries each before those that it needs
     * @return the files of the folder that were added or replaced
     * @throws IOException if the folder cannot be written
     */
    public static List<Path> install(Path folder, List<Library> libraries) throws IOException {
        Files.createDirectories(folder);
        Map<Path, Path> parts = new LinkedHashMap<>();
        try {
            for (int i = libraries.size() - 1; i >= 0; i--) {
                Path file = libraries.get(i).file;
                Path target = folder.resolve(file.getFileName());
                if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
                    Path part = folder.resolve(file.getFileName() + ".part");
                    parts.put(target, part);
                    Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            for (Map.Entry<Path, Path> part : parts.entrySet()) {
                Files.move(part.getValue(), part.getKey(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path part : parts.values()) {
                Files.deleteIfExists(part);
            }
        }
        Set<String> names = libraries.stream()
                .map(library -> library.file.getFileName().toString())
                .collect(Collectors.toSet());
        for (Library library : libraries) {
            removeOtherVersions(folder, library.artifact, names);
        }
        return List.copyOf(parts.keySet());
    }

    private static List<MavenArtifact> resolved(List<String> coordinates) throws IOException {
        try (MavenDownloaderImpl maven = new MavenDownloaderImpl()) {
            maven.build();
            maven.init();
            maven.start();
            return maven.resolveArtifacts(coordinates, Set.of(), true, false);
        } catch (MavenResolutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Deletes the files of an artifact.
     *
     * @param kept names of files that stay: an artifact may have several, such as one for each operating system
     */
    static void removeOtherVersions(Path folder, String artifact, Set<String> kept) throws IOException {
        String pattern = artifact + "-[0-9]*.jar";
        try (var others = Files.newDirectoryStream(folder, pattern)) {
            for (Path other : others) {
                if (!kept.contains(other.getFileName().toString())) {
                    Files.delete(other);
                }
            }
        }
    }
}
