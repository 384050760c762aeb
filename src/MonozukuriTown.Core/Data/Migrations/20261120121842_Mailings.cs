using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace MonozukuriTown.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Mailings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "mail_body",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    html = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_body", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mail_switch",
                columns: table => new
                {
                    lane = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_switch", x => x.lane);
                });

            migrationBuilder.CreateTable(
                name: "mailed_link",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    purpose = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    subject = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailed_link", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "suppression",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    address_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    list = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lift_note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppression", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_mail",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    lane = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    mailing_id = table.Column<int>(type: "integer", nullable: true),
                    list = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    address_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    recipient_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    body_id = table.Column<long>(type: "bigint", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    links = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    server_code = table.Column<int>(type: "integer", nullable: true),
                    server_words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    history = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_mail", x => x.id);
                    table.ForeignKey(
                        name: "fk_outgoing_mail_mail_body_body_id",
                        column: x => x.body_id,
                        principalTable: "mail_body",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "mail_switch",
                columns: new[] { "lane", "changed_at", "reason", "state" },
                values: new object[,]
                {
                    { "Essential", new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), null, "Running" },
                    { "Mailing", new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), null, "Running" }
                });

            migrationBuilder.CreateIndex(
                name: "ix_mailed_link_expires_at",
                table: "mailed_link",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_link_purpose_subject",
                table: "mailed_link",
                columns: new[] { "purpose", "subject" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_address_key",
                table: "outgoing_mail",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_body_id",
                table: "outgoing_mail",
                column: "body_id");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_kind_subject_address_key",
                table: "outgoing_mail",
                columns: new[] { "kind", "subject", "address_key" },
                unique: true,
                filter: "mailing_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_mailing_id_address_key",
                table: "outgoing_mail",
                columns: new[] { "mailing_id", "address_key" },
                unique: true,
                filter: "mailing_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_sending",
                table: "outgoing_mail",
                column: "lease_until",
                filter: "state = 'Sending'");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_state_created_at",
                table: "outgoing_mail",
                columns: new[] { "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mail_waiting",
                table: "outgoing_mail",
                columns: new[] { "lane", "next_attempt_at", "id" },
                filter: "state in ('Queued', 'Deferred', 'Leased')");

            migrationBuilder.CreateIndex(
                name: "ix_suppression_address_key_list",
                table: "suppression",
                columns: new[] { "address_key", "list" },
                unique: true,
                filter: "lifted_at is null")
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mail_switch");

            migrationBuilder.DropTable(
                name: "mailed_link");

            migrationBuilder.DropTable(
                name: "outgoing_mail");

            migrationBuilder.DropTable(
                name: "suppression");

            migrationBuilder.DropTable(
                name: "mail_body");
        }
    }
}
