package dev.livefeed.app.state;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a failure of a file is called: the messages of Java are often the path alone. */
public final class FileFailure {

    private FileFailure() {}

    /** What has happened, with the file if that is known. */
    public static String text(Exception failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            String path = file.getFile();
            if (file instanceof AccessDeniedException) {
                return "no permission for " + path;
            }
            if (file instanceof NoSuchFileException) {
                return "there is no " + path;
            }
            return file instanceof FileAlreadyExistsException
                    ? path + " is in the way"
                    : file.getClass().getSimpleName() + ": " + path;
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
