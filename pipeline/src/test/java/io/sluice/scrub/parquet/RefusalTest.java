package io.sluice.scrub.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.AesGcmV1;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.EncryptionAlgorithm;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Files and plans that are refused, each with its reason. */
class RefusalTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m { optional binary mail (STRING); optional int32 age; optional group g { optional int32 i; } }");
    private static final Plan BLANK_MAIL = Plan.of(ColumnAction.blank("mail"));

    @Test
    void refusesEncryption() throws IOException {
        byte[] bytes = file(SCHEMA).bytes();
        bytes[bytes.length - 1] = 'E';
        assertRefused(BLANK_MAIL, new MemoryFile(bytes), "its footer is encrypted");
        assertRefused(
                BLANK_MAIL,
                edited(footer -> footer.setEncryption_algorithm(EncryptionAlgorithm.AES_GCM_V1(new AesGcmV1()))),
                "columns of it are encrypted");
    }

    @Test
    void refusesTypesWithAMeaningOfTheirOwn() throws IOException {
        MessageType variant = Types.buildMessage()
                .addField(Types.optionalGroup()
                        .as(LogicalTypeAnnotation.variantType((byte) 1))
                        .required(PrimitiveTypeName.BINARY)
                        .named("metadata")
                        .required(PrimitiveTypeName.BINARY)
                        .named("value")
                        .named("anything"))
                .named("m");
        assertRefused(BLANK_MAIL, file(variant), "column anything has the type VARIANT");
    }

    @Test
    void refusesAFooterOfWhichItWouldLoseSomething() throws IOException {
        byte[] old = file(SCHEMA).bytes();
        int end = old.length - Footer.TAIL_BYTES;
        int footer = end - FooterEdit.start(old);
        byte[] bytes = Arrays.copyOf(old, old.length + 2);
        bytes[end - 1] = (byte) 0xd5; // a field 13 after the last one, of a whole number
        bytes[end] = 2;
        bytes[end + 1] = 0;
        System.arraycopy(old, end, bytes, end + 2, Footer.TAIL_BYTES);
        bytes[end + 2] = (byte) (footer + 2);
        bytes[end + 3] = (byte) ((footer + 2) >> 8);
        assertRefused(
                BLANK_MAIL, new MemoryFile(bytes), "its footer holds something that is unknown here and would be lost");
    }

    @Test
    void refusesWhatIsDamaged() throws IOException {
        assertRefused(BLANK_MAIL, new MemoryFile(new byte[3]), "it is too short for a Parquet file");
        assertRefused(BLANK_MAIL, new MemoryFile(new byte[99]), "it does not end as a Parquet file does");
        byte[] bytes = file(SCHEMA).bytes();
        int page = (int) FooterEdit.metadata(new MemoryFile(bytes))
                .getRow_groups()
                .get(0)
                .getColumns()
                .get(0)
                .getMeta_data()
                .getTotal_compressed_size();
        bytes[page + Footer.MAGIC.length - 1] ^= 1;
        assertRefused(BLANK_MAIL, new MemoryFile(bytes), "a page does not match its checksum");
        assertRefused(
                BLANK_MAIL,
                edited(footer -> footer.getRow_groups().get(0).setNum_rows(2)),
                "a page does not hold the rows that its index says");
        assertRefused(
                BLANK_MAIL,
                edited(footer -> footer.getRow_groups()
                        .get(0)
                        .getColumns()
                        .get(1)
                        .getMeta_data()
                        .setData_page_offset(5)),
                "its column chunks overlap");
    }

    @Test
    void refusesCodecsThatItDoesNotKnow() throws IOException {
        assertRefused(
                BLANK_MAIL,
                edited(footer -> footer.getRow_groups()
                        .get(0)
                        .getColumns()
                        .get(0)
                        .getMeta_data()
                        .setCodec(CompressionCodec.LZO)),
                "a column to blank is compressed with LZO");
    }

    @Test
    void refusesActionsThatAColumnCannotTake() throws IOException {
        MemoryFile file = file(SCHEMA);
        assertRefused(Plan.of(ColumnAction.setTo("age", 1L)), file, "column age is INT32 and cannot hold a Long");
        assertRefused(Plan.of(ColumnAction.setTo("g", 1)), file, "column g has fields of its own");
        assertRefused(Plan.of(ColumnAction.redact(value -> value, "age")), file, "column age does not hold bytes");
        assertThatThrownBy(() -> Plan.of(ColumnAction.blank("g"), ColumnAction.blank("g", "i")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two actions for column g.i");
        assertThatThrownBy(() -> new InPlaceRewrite(BLANK_MAIL).of(file, RowPositions.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 of a file of 1");
    }

    private static void assertRefused(Plan plan, MemoryFile file, String reason) throws IOException {
        assertThat(new InPlaceRewrite(plan).of(file, RowPositions.of(0))).isEqualTo(new Outcome.Refused(reason));
    }

    private static MemoryFile edited(Consumer<FileMetaData> change) throws IOException {
        MemoryFile file = file(SCHEMA);
        int start = FooterEdit.start(file.bytes());
        byte[] roomy = new byte[file.bytes().length + 100];
        System.arraycopy(file.bytes(), 0, roomy, 0, start);
        System.arraycopy(file.bytes(), start, roomy, start + 100, file.bytes().length - start);
        return FooterEdit.of(new MemoryFile(roomy), change);
    }

    private static MemoryFile file(MessageType schema) throws IOException {
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withConf(new Configuration(false))
                .withDictionaryEncoding(false)
                .build()) {
            Group row = new SimpleGroup(schema);
            if (schema.equals(SCHEMA)) {
                row.add("mail", "ada@example.org");
                row.add("age", 36);
                row.addGroup("g").add("i", 1);
            }
            writer.write(row);
        }
        return file;
    }
}
