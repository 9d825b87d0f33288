package io.sluice.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The release that is running, as the build wrote it down. */
final class Release {
    static final String VERSION = read();

    private Release() {}

    private static String read() {
        try (InputStream in = Objects.requireNonNull(Release.class.getResourceAsStream("release.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
