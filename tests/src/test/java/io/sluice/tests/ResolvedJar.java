package io.sluice.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A jar in Maven's local repository, with the licence that its pom or a parent of it names. */
record ResolvedJar(String coordinates, String licence) {
    static ResolvedJar of(Path jar) {
        Path version = above(jar.toAbsolutePath(), 1);
        Path artifact = above(version, 1);
        Element pom = pom(version, artifact.getFileName().toString());
        String group = child(pom, "groupId")
                .or(() -> childElement(pom, "parent").flatMap(parent -> child(parent, "groupId")))
                .orElseThrow();
        Path repository = above(artifact, group.split("\\.").length + 1);
        return new ResolvedJar(
                group + ":" + artifact.getFileName() + ":" + version.getFileName(),
                shortName(licence(pom, repository)));
    }

    private static Path above(Path path, int levels) {
        return path.resolve("../".repeat(levels)).normalize();
    }

    private static String licence(Element pom, Path repository) {
        Optional<String> own = childElement(pom, "licenses")
                .flatMap(licenses -> childElement(licenses, "license"))
                .flatMap(license -> child(license, "name"));
        return own.or(() ->
                        childElement(pom, "parent").map(parent -> licence(parentPom(parent, repository), repository)))
                .orElse("none");
    }

    private static Element parentPom(Element parent, Path repository) {
        String artifact = child(parent, "artifactId").orElseThrow();
        Path folder = repository
                .resolve(child(parent, "groupId").orElseThrow().replace('.', '/'))
                .resolve(artifact)
                .resolve(child(parent, "version").orElseThrow());
        return pom(folder, artifact);
    }

    private static String shortName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("apache") && lower.contains("2.0")) {
            return "Apache-2.0";
        }
        if (lower.equals("go license")) { // which is BSD's of three clauses
            return "BSD-3-Clause";
        }
        return lower.equals("mit license") || lower.equals("the mit license") ? "MIT" : name;
    }

    private static Element pom(Path folder, String artifact) {
        Path file = folder.resolve(artifact + "-" + folder.getFileName() + ".pom");
        try (var content = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(content)
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static Optional<String> child(Element parent, String name) {
        return childElement(parent, name)
                .map(element -> element.getTextContent().strip());
    }

    private static Optional<Element> childElement(Element parent, String name) {
        NodeList children = parent.getChildNodes();
        for (int index = 0; index < children.getLength(); index++) {
            Node child = children.item(index);
            if (child instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
