package dev.livefeed.app.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Files whose content must not be read or written by other users of the machine. */
public final class SecretFile {

    private static final Set<PosixFilePermission> TOO_MUCH = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    /**
     * What is wrong with the permissions of a file, if something is. Its group may read it, as with secrets of
     * Kubernetes.
     *
     * @param why what others could do
     */
    public static Optional<String> warning(String variable, Path file, String why) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(TOO_MUCH::contains)
                    ? Optional.of(variable + ": " + file + " has the permissions "
                            + PosixFilePermissions.toString(permissions) + ", so that other users " + why
                            + "; chmod 600 " + file)
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // told elsewhere, or no such file system
        }
    }
}
