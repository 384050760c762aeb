using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MonozukuriTown.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Imports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_catalog_change_xid",
                table: "catalog_change");

            migrationBuilder.AlterSequence(
                name: "town_ids",
                incrementBy: 100,
                oldIncrementBy: 10);

            migrationBuilder.CreateTable(
                name: "import_run",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    unchanged = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    batch = table.Column<Guid>(type: "uuid", nullable: false),
                    undo_batch = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_file",
                columns: table => new
                {
                    import_run_id = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    report = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_file", x => x.import_run_id);
                    table.ForeignKey(
                        name: "fk_import_file_import_run_import_run_id",
                        column: x => x.import_run_id,
                        principalTable: "import_run",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_catalog_change_xid_company_id",
                table: "catalog_change",
                columns: new[] { "xid", "company_id" });

            migrationBuilder.CreateIndex(
                name: "ix_import_run_checked_at",
                table: "import_run",
                column: "checked_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_file");

            migrationBuilder.DropTable(
                name: "import_run");

            migrationBuilder.DropIndex(
                name: "ix_catalog_change_xid_company_id",
                table: "catalog_change");

            migrationBuilder.AlterSequence(
                name: "town_ids",
                incrementBy: 10,
                oldIncrementBy: 100);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_change_xid",
                table: "catalog_change",
                column: "xid");
        }
    }
}
