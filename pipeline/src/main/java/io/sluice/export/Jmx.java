package io.sluice.export;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A JMeter test plan under construction: elements with properties, each followed by the tree of its children. */
final class Jmx {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** Something that writes elements; the XML cannot fail, since it goes to memory. */
    @FunctionalInterface
    interface Content {
        void write() throws XMLStreamException;
    }

    Jmx() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole document around {@code plan}. */
    String document(Content plan) {
        run(() -> {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("jmeterTestPlan");
            xml.writeAttribute("version", "1.2");
            xml.writeAttribute("properties", "5.0");
            xml.writeAttribute("jmeter", "5.6.3");
            tree(plan);
            xml.writeEndElement();
            xml.writeEndDocument();
        });
        return text.toString();
    }

    /** One element of the plan with its properties and, below it, its children. */
    void element(Kind kind, String name, Content properties, Content children) {
        run(() -> {
            xml.writeStartElement(kind.type());
            xml.writeAttribute("guiclass", kind.gui());
            xml.writeAttribute("testclass", kind.type());
            xml.writeAttribute("testname", legal(name));
            xml.writeAttribute("enabled", "true");
            properties.write();
            xml.writeEndElement();
            tree(children);
        });
    }

    /** One element without children. */
    void element(Kind kind, String name, Content properties) {
        element(kind, name, properties, () -> {});
    }

    void text(String name, String value) {
        property("stringProp", name, value);
    }

    void number(String name, long value) {
        property("intProp", name, Long.toString(value));
    }

    void flag(String name, boolean value) {
        property("boolProp", name, Boolean.toString(value));
    }

    /** A list of texts; JMeter wants a name for each, and takes any. */
    void texts(String name, List<String> values) {
        run(() -> {
            xml.writeStartElement("collectionProp");
            xml.writeAttribute("name", name);
            for (String value : values) {
                text("value", value);
            }
            xml.writeEndElement();
        });
    }

    /** A list whose members are written by {@code members}. */
    void list(String name, Content members) {
        run(() -> {
            xml.writeStartElement("collectionProp");
            xml.writeAttribute("name", name);
            members.write();
            xml.writeEndElement();
        });
    }

    /** A nested element such as a header or an argument. */
    void part(String name, String type, Content properties) {
        run(() -> {
            xml.writeStartElement("elementProp");
            xml.writeAttribute("name", name);
            xml.writeAttribute("elementType", type);
            properties.write();
            xml.writeEndElement();
        });
    }

    /** Variables of the plan with their values, as members of a list. */
    void variables(Map<String, String> values) {
        values.forEach((name, value) -> part(name, "Argument", () -> {
            text("Argument.name", name);
            text("Argument.value", value);
            text("Argument.metadata", "=");
        }));
    }

    private void tree(Content children) {
        run(() -> {
            xml.writeStartElement("hashTree");
            children.write();
            xml.writeEndElement();
        });
    }

    private void property(String type, String name, String value) {
        run(() -> {
            xml.writeStartElement(type);
            xml.writeAttribute("name", name);
            xml.writeCharacters(legal(value));
            xml.writeEndElement();
        });
    }

    private static void run(Content content) {
        try {
            content.write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** XML 1.0 cannot hold most control characters, not even escaped; they become U+FFFD. */
    private static String legal(String value) {
        return value.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD");
    }

    /** The kinds of element used, each with the editor that JMeter opens for it. */
    enum Kind {
        TEST_PLAN("TestPlan", "TestPlanGui"),
        VARIABLES("Arguments", "ArgumentsPanel"),
        COOKIES("CookieManager", "CookiePanel"),
        DEFAULTS("ConfigTestElement", "HttpDefaultsGui"),
        ARRIVALS("OpenModelThreadGroup", "OpenModelThreadGroupGui"),
        SESSION_VARIABLES("UserParameters", "UserParametersGui"),
        REQUEST("HTTPSamplerProxy", "HttpTestSampleGui"),
        HEADERS("HeaderManager", "HeaderPanel"),
        PAUSE("ConstantTimer", "ConstantTimerGui"),
        EXPECTATION("ResponseAssertion", "AssertionGui"),
        JSON_EXTRACTOR("JSONPostProcessor", "JSONPostProcessorGui"),
        REGEX_EXTRACTOR("RegexExtractor", "RegexExtractorGui");

        private final String type;
        private final String gui;

        Kind(String type, String gui) {
            this.type = type;
            this.gui = gui;
        }

        String type() {
            return type;
        }

        String gui() {
            return gui;
        }
    }
}
