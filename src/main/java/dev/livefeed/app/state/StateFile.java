package dev.livefeed.app.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.naming.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of saved state: JSON with its kind, its version and a checksum over the content. It is written to a temporary
 * file, synced and renamed, so that a reader finds either the old or the new version, complete.
 */
public final class StateFile {

    private static final long MAX_BYTES = 256L << 20;
    private static final int MAX_ASIDE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final String kind;
    private final int version;

    /**
     * Creates a reference to a file, which need not exist.
     *
     * @param kind name of the kind of content
     * @param version of the content's format; a file of another version is refused
     */
    public StateFile(Path file, String kind, int version) {
        this.file = file;
        this.kind = kind;
        this.version = version;
    }

    /**
     * Replaces the file, creating its folder if necessary.
     *
     * @param content objects, strings, integers and booleans
     * @throws IOException if that fails; the file is unchanged then
     */
    public void write(JsonNode content) throws IOException {
        String text = JSON.writeValueAsString(content);
        ObjectNode document = JSON.createObjectNode();
        document.put("kind", kind);
        document.put("version", version);
        document.put("sha256", checksum(text));
        document.set("content", content);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            write(temporary, JSON.writeValueAsBytes(document));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(temporary, e);
            throw e;
        }
        forceFolder();
    }

    private static void write(Path temporary, byte[] document) throws IOException {
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(document);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A partial file is useless and takes space on a disk that may be full. */
    private static void delete(Path temporary, IOException reason) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Some systems cannot open folders; the rename itself was atomic.
        }
    }

    /** Deletes the file, if there is one. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Reads the content; null if there is no file.
     *
     * @throws DamagedStateException if the file was changed, or is of another kind or version
     */
    public JsonNode read() throws DamagedStateException {
        if (!exists()) {
            return null;
        }
        JsonNode document;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DamagedStateException("it has more than " + MAX_BYTES + " bytes");
            }
            document = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new DamagedStateException("it is not valid JSON: " + OneLine.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new DamagedStateException("it cannot be read: " + e);
        }
        if (!document.path("kind").asText().equals(kind)) {
            throw new DamagedStateException("it is not of kind " + kind);
        }
        if (document.path("version").asInt(-1) != version) {
            throw new DamagedStateException("it has version "
                    + document.path("version").asText() + ", but version " + version + " is required");
        }
        JsonNode content = document.path("content");
        if (!document.path("sha256").asText().equals(checksum(content.toString()))) {
            throw new DamagedStateException("its checksum is wrong");
        }
        return content;
    }

    /**
     * Renames the file to a free name.
     *
     * @throws IOException if that fails; the file stays in place
     */
    public Path setAside() throws IOException {
        for (int i = 1; i <= MAX_ASIDE; i++) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
            if (!Files.exists(aside)) {
                return Files.move(file, aside);
            }
        }
        throw new IOException(MAX_ASIDE + " damaged files are kept already; inspect and delete them");
    }

    private static String checksum(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
