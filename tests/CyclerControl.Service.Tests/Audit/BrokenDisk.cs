namespace CyclerControl.Service.Tests.Audit;

/// <summary>A file on a disk that can be full: half of a write arrives, then it fails.</summary>
internal sealed class BrokenDisk(string path)
{
    public bool IsFull { get; set; }

    public Stream Open() => new Disk(this, path);

    private sealed class Disk(BrokenDisk owner, string path) : Stream
    {
        private readonly FileStream _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _file.Length;

        public override long Position
        {
            get => _file.Position;
            set => _file.Position = value;
        }

        public override void Flush() => _file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => _file.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

        public override void SetLength(long value) => _file.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (owner.IsFull)
            {
                _file.Write(buffer, offset, count / 2);
                _file.Flush();
                throw new IOException("disk full");
            }

            _file.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            _file.Dispose();
            base.Dispose(disposing);
        }
    }
}
