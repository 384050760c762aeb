using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MonozukuriTown.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class MailReturns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_suppression_address_key_list",
                table: "suppression");

            migrationBuilder.AddColumn<Guid>(
                name: "entered_by",
                table: "suppression",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lift_way",
                table: "suppression",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "lifted_by",
                table: "suppression",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "way",
                table: "suppression",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "Report");

            migrationBuilder.AlterColumn<string>(
                name: "subject",
                table: "mailed_link",
                type: "character varying(320)",
                maxLength: 320,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(128)",
                oldMaxLength: 128);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                table: "mail_body",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bounce",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    source_key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mail_id = table.Column<long>(type: "bigint", nullable: false),
                    address_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    effect = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bounce", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "consent",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    address_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    list = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    given = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    wording = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    entered_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_suppression_address_key_list_reason",
                table: "suppression",
                columns: new[] { "address_key", "list", "reason" },
                unique: true,
                filter: "lifted_at is null")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_mail_body_created_at",
                table: "mail_body",
                column: "created_at",
                filter: "erased_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_bounce_address_key_at",
                table: "bounce",
                columns: new[] { "address_key", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_bounce_mail_id",
                table: "bounce",
                column: "mail_id");

            migrationBuilder.CreateIndex(
                name: "ix_bounce_source_key",
                table: "bounce",
                column: "source_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_consent_address_key_at",
                table: "consent",
                columns: new[] { "address_key", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bounce");

            migrationBuilder.DropTable(
                name: "consent");

            migrationBuilder.DropIndex(
                name: "ix_suppression_address_key_list_reason",
                table: "suppression");

            migrationBuilder.DropIndex(
                name: "ix_mail_body_created_at",
                table: "mail_body");

            migrationBuilder.DropColumn(
                name: "entered_by",
                table: "suppression");

            migrationBuilder.DropColumn(
                name: "lift_way",
                table: "suppression");

            migrationBuilder.DropColumn(
                name: "lifted_by",
                table: "suppression");

            migrationBuilder.DropColumn(
                name: "way",
                table: "suppression");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "mail_body");

            migrationBuilder.AlterColumn<string>(
                name: "subject",
                table: "mailed_link",
                type: "character varying(128)",
                maxLength: 128,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(320)",
                oldMaxLength: 320);

            migrationBuilder.CreateIndex(
                name: "ix_suppression_address_key_list",
                table: "suppression",
                columns: new[] { "address_key", "list" },
                unique: true,
                filter: "lifted_at is null")
                .Annotation("Npgsql:NullsDistinct", false);
        }
    }
}
